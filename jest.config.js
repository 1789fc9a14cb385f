// Nest 12 is ESM-only and Node 20's jest cannot `require()` ES modules, so the suites run in
// CommonJS mode and these packages are compiled on the fly.
const compiled =
  '@nestjs/|file-type|token-types|strtok3|uint8array-extras|@tokenizer|@borewit|uid|iterare|content-disposition|mercurius|quick-lru';

const shared = {
  testEnvironment: 'node',
  transform: {
    '/lib/admin/client/(.*\\.css|dashboard\\.ts)$': '<rootDir>/scripts/jest-client-text.mjs',
    '^.+\\.(tsx?|js|mjs)$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          keepClassNames: true,
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
            react: { runtime: 'automatic', importSource: 'preact' },
          },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${compiled}))`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^(\\.{1,2}/.*)\\?text$': '$1' },
  setupFiles: ['<rootDir>/test/support/setup.ts'],
};

const suite = (displayName, folder) => ({
  ...shared,
  displayName,
  roots: [`<rootDir>/test/${folder}`],
  testRegex: '\\.spec\\.tsx?$',
});

export default {
  projects: [
    suite('unit', 'unit'),
    suite('e2e', 'e2e'),
    suite('databases', 'databases'),
    suite('brokers', 'brokers'),
    suite('browser', 'browser'),
    suite('leaks', 'leaks'),
  ],
  testTimeout: 60_000,
};
