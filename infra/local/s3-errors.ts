/** An S3 error as a client sees it: `code` and `status` as AWS documents them, a sentence as message. */
export interface S3Error extends Error {
  code: string;
  status: number;
}

const statuses: Record<string, number> = {
  AccessDenied: 403,
  InternalError: 500,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchObjectLockConfiguration: 404,
  NoSuchVersion: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  SignatureDoesNotMatch: 403,
};

export function s3Error(code: string, message: string): S3Error {
  return Object.assign(new Error(message), { code, status: statuses[code] ?? 400 });
}

/** Anything else that is thrown becomes InternalError, which the SDK tries again. */
export function asS3Error(error: unknown): S3Error {
  if (error instanceof Error && 'status' in error) return error as S3Error;
  return s3Error('InternalError', error instanceof Error ? error.message : String(error));
}
