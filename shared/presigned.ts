import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { s3 } from './aws.ts';

/**
 * Links and permits that let a browser read or write one object without passing through a Lambda, whose answers end at
 * 6 MB. They act with the rights of the function that made them, and on AWS they end with its credentials at the latest.
 */
export interface Place {
  bucket: string;
  key: string;
}

export interface LinkOptions {
  /** How long the link works: 604,800 at most (SigV4 query parameters). */
  seconds: number;
  /** Name that the browser saves the file under. */
  fileName?: string;
  /** Shown by the browser instead of saved. */
  inline?: boolean;
  /** Instead of the type that the object was stored with. */
  contentType?: string;
}

/** The address of one object for a GET. Signing asks nobody: the object need not exist. */
export function linkTo({ bucket, key }: Place, options: LinkOptions): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentDisposition: dispositionOf(options),
    ResponseContentType: options.contentType,
  });
  return getSignedUrl(s3(), command, { expiresIn: options.seconds });
}

export interface Permit extends Place {
  contentType: string;
  maxBytes: number;
  /** By when the upload must have begun. */
  seconds: number;
}

/**
 * What a browser needs to post one file as multipart/form-data: the fields, in this order, and then the file as `file`.
 * S3 refuses another key, another type, an empty file and one over `maxBytes`.
 */
export function permitUpload(permit: Permit): Promise<{ url: string; fields: Record<string, string> }> {
  return createPresignedPost(s3(), {
    Bucket: permit.bucket,
    Key: permit.key,
    Fields: { 'Content-Type': permit.contentType },
    Conditions: [['content-length-range', 1, permit.maxBytes]],
    Expires: permit.seconds,
  });
}

/** `scheme://host` that links and permits of a bucket lead to, for a Content-Security-Policy. */
export async function originOf(bucket: string): Promise<string> {
  return new URL(await linkTo({ bucket, key: 'x' }, { seconds: 60 })).origin;
}

/**
 * A header Content-Disposition by RFC 6266: a plain name for old clients, and the real one as RFC 8187 writes it. Control characters, quotes, slashes
 * and the marks that turn text around are left out, so that a hostile name ends neither the header nor the folder.
 */
export function dispositionOf({ fileName, inline }: Pick<LinkOptions, 'fileName' | 'inline'>): string {
  const kind = inline ? 'inline' : 'attachment';
  const name = (fileName ?? '').toWellFormed().replace(/[\p{Cc}\p{Cf}"\\/:*?<>|]/gu, '_');
  if (!name) return kind;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${name.replace(/[^ -~]/g, '_')}"; filename*=UTF-8''${encoded}`;
}
