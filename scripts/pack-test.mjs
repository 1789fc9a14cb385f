// Packs the library, installs the tarball into two fresh applications and uses it there as a
// stranger would.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { consumers, doors } from './pack-consumers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const optionalPeers = [...Object.keys(manifest.peerDependenciesMeta), 'nodemailer'];
const temporary = mkdtempSync(join(tmpdir(), 'nestjs-error-tracker-pack-'));
let passed = 0;

async function check(title, run) {
  try {
    await run();
  } catch (error) {
    throw new Error(`${title}: ${error.message}`, { cause: error });
  }
  passed += 1;
  console.log(`  ok  ${title}`);
}

/** Runs a program to its end, within three minutes; its output is shown only if it fails. */
function run(cwd, command, ...args) {
  try {
    const options = { cwd, encoding: 'utf8', timeout: 180_000, killSignal: 'SIGKILL', stdio: 'pipe' };
    return execFileSync(command, args, options);
  } catch (error) {
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    const program = [command, ...args].join(' ').slice(0, 200);
    throw new Error(`${program} failed: ${error.code ?? error.status}\n${output}`, { cause: error });
  }
}

const npm = (cwd, ...args) => run(cwd, 'npm', ...args, '--no-audit', '--no-fund', '--loglevel=error');

async function checkTarball(contents) {
  const files = contents.map(({ path }) => path);
  await check('the tarball holds the builds and the papers, nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    assert.deepEqual(files.filter((file) => !file.startsWith('dist/')).sort(), papers);
    const strange = files.filter(
      (file) => file.startsWith('dist/') && !/\.(js|d\.ts|json|css|svg)$/.test(file),
    );
    assert.deepEqual(strange, []);
  });
  await check('every path of package.json "exports" is in the tarball', () => {
    const targets = JSON.stringify([manifest.main, manifest.types, manifest.exports, manifest.typesVersions]);
    const missing = [...targets.matchAll(/"\.\/([^"]+\.(?:js|ts|json))"/g)].map(([, path]) => path);
    assert.deepEqual(
      missing.filter((path) => !files.includes(path)),
      [],
    );
  });
}

/**
 * Everything that the root entry's declarations import, directly or through other files of ours.
 */
function declaredImports(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import|import\(|require\()\s*["']([^"']+)["']/g)].map(
    ([, name]) => name,
  );
  return specifiers.flatMap((name) =>
    name.startsWith('.')
      ? declaredImports(join(dirname(file), name.replace(/\.js$/, '.d.ts')), seen)
      : [name],
  );
}

function installedPackages(folder) {
  return new Set(Object.keys(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages));
}

async function checkInstall(folder, packages, tarball) {
  npm(
    folder,
    'install',
    '--save-exact',
    ...Object.entries(packages).map(([name, range]) => `${name}@${range}`),
  );
  const before = installedPackages(folder);
  npm(folder, 'install', tarball);
  const added = [...installedPackages(folder)].filter((path) => path !== '' && !before.has(path));
  await check(`adds at most 10 packages to an application with the peers (${added.length})`, () => {
    assert(added.length <= 10, added.join(', '));
  });
  await check('needs no optional peer', () => {
    const present = optionalPeers.filter((name) => added.includes(`node_modules/${name}`));
    assert.deepEqual(present, []);
    for (const name of ['@nestjs-modules/mailer', 'nodemailer']) {
      assert(!existsSync(join(folder, 'node_modules', name)), `${name} is installed, so this proves nothing`);
    }
  });
}

async function checkTypes(folder) {
  const ours = join(folder, 'node_modules/nestjs-error-tracker/dist');
  await check('the declarations of the root entry import only what is required', () => {
    const required = { ...manifest.dependencies, ...manifest.peerDependencies };
    for (const name of optionalPeers) delete required[name];
    for (const build of ['esm', 'cjs']) {
      const names = declaredImports(join(ours, build, 'index.d.ts')).filter(
        (name) =>
          !name.startsWith('node:') &&
          !Object.keys(required).some((it) => name === it || name.startsWith(`${it}/`)),
      );
      assert.deepEqual(names, []);
    }
  });
  await check('the application compiles', () => run(folder, 'node_modules/.bin/tsc', '-p', '.'));
  await check('the compiler has nothing against our declarations', () => {
    let output = '';
    try {
      run(folder, 'node_modules/.bin/tsc', '-p', '.', '--noEmit', '--skipLibCheck', 'false');
    } catch (error) {
      output = error.message;
    }
    assert.deepEqual(
      output.split('\n').filter((line) => line.startsWith('node_modules/nestjs-error-tracker/')),
      [],
    );
  });
}

async function checkOneCopy(folder) {
  await check('require() and import() give the same module class', () => {
    const script = `
      const { createRequire } = await import('node:module');
      const required = createRequire(process.cwd() + '/')('nestjs-error-tracker');
      const imported = await import('nestjs-error-tracker');
      process.exit(typeof imported.ErrorTrackerModule === 'function' &&
        required.ErrorTrackerModule === imported.ErrorTrackerModule ? 0 : 1);`;
    run(folder, process.execPath, '--input-type=module', '-e', script);
  });
}

async function start(folder) {
  const child = spawn(process.execPath, ['dist/app.js'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const app = { child, url: '', output: '' };
  child.stderr.on('data', (chunk) => (app.output += chunk));
  const watchdog = setTimeout(() => child.kill('SIGKILL'), 60_000);
  child.once('exit', () => clearTimeout(watchdog));
  for await (const line of createInterface(child.stdout)) {
    app.output += `${line}\n`;
    app.url = /^listening on (\S+)/.exec(line)?.[1] ?? '';
    if (app.url === '') continue;
    child.stdout.resume();
    return app;
  }
  throw new Error(`it ended before it listened\n${app.output}`);
}

async function checkRun(folder) {
  let app;
  try {
    await check('the application boots', async () => (app = await start(folder)));
    const get = (path) => fetch(`${app.url}${path}`, { signal: AbortSignal.timeout(10_000) });
    await check("a failing route answers Nest's own 500", async () => {
      const response = await get('/boom');
      assert.equal(response.status, 500);
      assert.equal(await response.text(), '{"statusCode":500,"message":"Internal server error"}');
    });
    await check('the dashboard API shows one issue with one event', async () => {
      let body;
      for (const end = Date.now() + 15_000; Date.now() < end; await sleep(100)) {
        const response = await get('/errors/api/issues');
        body = await response.text();
        if (response.ok && JSON.parse(body).items.length > 0) break;
      }
      const [issue, ...more] = JSON.parse(body).items;
      assert.equal(more.length, 0);
      assert.deepEqual(
        [issue?.type, issue?.title, issue?.eventCount],
        ['Error', 'a bug of the consumer', 1],
        body,
      );
    });
    await check('SIGTERM ends it', async () => {
      const ended = once(app.child, 'exit', { signal: AbortSignal.timeout(15_000) });
      app.child.kill('SIGTERM');
      const [code, signal] = await ended;
      assert(
        code === 0 || code === 143 || signal === 'SIGTERM',
        `code ${code}, signal ${signal}\n${app.output}`,
      );
    });
  } finally {
    app?.child.kill('SIGKILL');
  }
  await check('the issue is in the SQLite file', () => {
    const script = `
      const database = new (require('libsql'))('error-tracker.sqlite');
      console.log(database.prepare('select count(*) as n from error_tracker_issue').get().n);`;
    assert.equal(run(folder, process.execPath, '-e', script).trim(), '1');
  });
}

/** The optional integrations of this generation of Nest, found by what their decorators leave. */
async function checkDoors(folder, integrations, esm) {
  const wanted = Object.entries(integrations).map(([name, range]) => `${name}@${range}`);
  npm(folder, 'install', '--no-save', ...wanted);
  const require =
    "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";
  writeFileSync(join(folder, 'src/doors.ts'), esm ? require + doors : doors);
  run(folder, 'node_modules/.bin/tsc', '-p', '.');
  await check('schedules, listeners, commands, messages and gateways are watched', () => {
    const output = run(folder, process.execPath, 'dist/doors.js');
    assert.deepEqual(JSON.parse(output.trim().split('\n').at(-1)), [
      ['cqrs', 'event', 1],
      ['cron', 'cron', 1],
      ['event', 'event', 1],
      ['http', 'http', 1],
      ['rpc', 'rpc', 1],
      ['ws', 'ws', 1],
    ]);
  });
}

async function checkConsumer({ name, packages, files, integrations, jest }, tarball, index) {
  console.log(`\n${name}`);
  const folder = join(temporary, `consumer-${index}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  await checkInstall(folder, packages, tarball);
  await checkTypes(folder);
  await checkOneCopy(folder);
  await checkRun(folder);
  await checkDoors(folder, integrations, JSON.parse(files['package.json']).type === 'module');
  if (jest) await check('a jest suite loads it', () => run(folder, 'node_modules/.bin/jest', '--runInBand'));
}

try {
  const [packed] = JSON.parse(npm(root, 'pack', '--json', '--pack-destination', temporary));
  console.log(`${packed.filename}, ${Math.ceil(packed.size / 1024)} KiB, ${packed.files.length} files`);
  await checkTarball(packed.files);
  for (const [index, consumer] of consumers.entries()) {
    await checkConsumer(consumer, join(temporary, packed.filename), index);
  }
  console.log(`\npack: ${passed} checks passed`);
} catch (error) {
  console.error(`\nFAILED  ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
