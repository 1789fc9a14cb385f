// Builds the library twice: ESM for `import` and `module-sync`, CommonJS for `require` (see
// "exports" in package.json). The compiler makes a file for every module; what the engine loads is
// put together into a few, for loading 300 of them takes longer than everything else that the
// tracker does when an application boots.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from '@rollup/wasm-node';
import { script, stylesheet } from './client-text.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compiled = join(root, 'dist/compiled');
/** Entry points, and the one file that is started by its name. */
const ENTRIES = [
  'index',
  'mail',
  'prometheus',
  'terminus',
  'testing',
  'intake/local-variables/local-variables.worker',
];

rmSync(join(root, 'dist'), { recursive: true, force: true });
const compile = (...options) =>
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });
compile('-p', 'lib/admin/client');
compile('-p', 'tsconfig.json', '--outDir', 'dist/compiled', '--declaration', 'false', '--removeComments');

/**
 * Puts the dashboard's client files in as strings: nothing is read at run time. The compiler does
 * not copy them.
 */
const clientTexts = {
  name: 'client-texts',
  resolveId(name, importer) {
    if (!name.endsWith('?text')) return null;
    return join(root, 'lib', relative(compiled, dirname(importer)), name);
  },
  async load(id) {
    if (!id.endsWith('?text')) return null;
    const file = id.slice(0, -'?text'.length);
    const text = file.endsWith('.css') ? stylesheet(file) : await script(file);
    return `export default ${JSON.stringify(text)};`;
  },
};

const bundle = await rollup({
  input: Object.fromEntries(ENTRIES.map((name) => [name, join(compiled, `${name}.js`)])),
  external: (name) => !name.startsWith('.') && !name.startsWith('/'),
  plugins: [clientTexts],
  // Everything is there because somebody imports it; decorators and registries work by being
  // loaded.
  treeshake: false,
  onwarn(warning) {
    // The compiler's decorators ask for a `this` that modules do not have, and do without it.
    if (warning.code === 'THIS_IS_UNDEFINED') return;
    throw new Error(warning.message);
  },
});
for (const [folder, type, format] of [
  ['esm', 'module', 'es'],
  ['cjs', 'commonjs', 'cjs'],
]) {
  await bundle.write({
    dir: join(root, 'dist', folder),
    format,
    exports: 'named',
    chunkFileNames: 'chunks/[name].js',
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
  });
  compile('-p', folder === 'esm' ? 'tsconfig.json' : 'tsconfig.cjs.json', '--emitDeclarationOnly');
  mkdirSync(join(root, 'dist', folder), { recursive: true });
  writeFileSync(join(root, 'dist', folder, 'package.json'), `${JSON.stringify({ type })}\n`);
}
await bundle.close();
rmSync(compiled, { recursive: true });
console.log(`dist/esm: ${readdirSync(join(root, 'dist/esm/chunks')).join(', ')}`);
