import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Hono } from 'hono';

/**
 * The style and the scripts of the desk. Each is served under a name that holds the hash of its bytes, so a browser may
 * keep it for good, and a new version is another file.
 */
export const assets = new Hono();

assets.get('/:name', (context) => {
  const asset = byName.get(context.req.param('name'));
  if (!asset) return context.text('There is no such file.', 404);
  return context.body(asset.bytes, 200, {
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
});

/** Where a page finds a file of static/. */
export function assetUrl(file: string): string {
  const asset = [...byName.values()].find((candidate) => candidate.file === file);
  if (!asset) throw new Error(`There is no file ${file}: put it into functions/desk/static.`);
  return `/desk/assets/${asset.name}`;
}

const folder = join(import.meta.dirname, 'static');

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const byName = new Map(
  readdirSync(folder).map((file) => {
    const bytes = readFileSync(join(folder, file));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const name = file.replace(/(\.\w+)$/, `-${hash}$1`);
    return [name, { file, name, bytes, type: types[extname(file)] ?? 'application/octet-stream' }];
  }),
);
