// Jest's transform for the dashboard's client files: each becomes a module that exports its text,
// as in the build.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stylesheet } from './client-text.mjs';

const maker = fileURLToPath(new URL('client-text.mjs', import.meta.url));

export default {
  process(_source, file) {
    const text = file.endsWith('.css') ? stylesheet(file) : scriptNow(file);
    return { code: `exports.__esModule = true;\nexports.default = ${JSON.stringify(text)};` };
  },

  /** A script changes with every file that it imports. */
  getCacheKey(_source, file) {
    const client = dirname(file);
    const sources = [maker, file, join(client, '../pages/span.ts')];
    if (file.endsWith('.ts')) sources.push(...readdirSync(client).map((name) => join(client, name)));
    const hash = createHash('sha256');
    for (const source of sources) hash.update(source).update(readFileSync(source));
    return hash.digest('hex');
  },
};

/** Jest's transforms must return at once, and rollup does not: it runs in a process of its own. */
function scriptNow(file) {
  return execFileSync(process.execPath, [maker, file], { encoding: 'utf8' });
}
