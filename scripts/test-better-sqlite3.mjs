// Runs the suites of the embedded database with better-sqlite3, which applications may have in
// place of libsql. Not a development dependency: it is compiled for a minute where its binary
// cannot be fetched.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** 13 needs Node.js 22. */
const DRIVER = 'better-sqlite3@12.11.1';
const SUITES =
  '/databases/(store|store-under-lock|migrations|erased-text|wrong-clock|refused-rows|close)\\.spec';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/error-tracker-drivers');
const run = (command, parameters, options) => {
  execFileSync(command, parameters, { stdio: 'inherit', ...options });
};

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
run('npm', ['install', '--no-save', '--prefix', folder, DRIVER], { cwd: folder });
run('npx', ['jest', '--selectProjects=databases', '--runInBand', '--testPathPatterns', SUITES], {
  cwd: root,
  env: { ...process.env, ERROR_TRACKER_TEST_SQLITE_DRIVER: join(folder, 'node_modules/better-sqlite3') },
});
