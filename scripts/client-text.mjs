// Makes strings of the dashboard's client files, for what lib imports with `?text`. The build puts
// them into the bundle, and jest asks for them here (see jest-client-text.mjs), so that the tests
// serve what the package serves.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A stylesheet without comments and indentation. */
export function stylesheet(file) {
  return readFileSync(file, 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\n\s*/g, '\n')
    .trimStart();
}

/**
 * One script of a TypeScript file and all that it imports, without any loader. It keeps its names,
 * so that it can be read in a browser's tools.
 */
export async function script(entry) {
  const { rollup } = await import('@rollup/wasm-node');
  const { default: swc } = await import('@swc/core');
  const typescript = {
    name: 'typescript',
    resolveId: (name, importer) => importer && join(dirname(importer), name.replace(/\.js$/, '.ts')),
    transform: (code) =>
      swc.transform(code, { swcrc: false, jsc: { target: 'es2020', parser: { syntax: 'typescript' } } }),
  };
  const bundle = await rollup({ input: entry, plugins: [typescript] });
  const { output } = await bundle.generate({ format: 'iife', generatedCode: 'es2015' });
  await bundle.close();
  return (await swc.minify(output[0].code, { compress: false, mangle: false })).code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(await script(process.argv[2]));
}
