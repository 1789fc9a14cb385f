// The architecture of lib. test/unit/architecture.spec.ts fails on a breach; `npx depcruise lib`
// shows it.
import { readFileSync } from 'node:fs';

/** Lowest first. A layer imports the layers below it and itself, never one above or beside it. */
const TIERS = [
  ['values', 'time'],
  ['event'],
  ['errors'],
  ['options'],
  ['bounds', 'selection', 'scope', 'stack', 'grouping', 'storage', 'notify'],
  ['masking', 'ticketing'],
  ['alerting'],
  ['delivery'],
  ['intake'],
  ['upkeep'],
  ['service'],
  ['capture', 'admin'],
  ['module'],
  ['testing'],
  ['entry points'],
];
/** Of the layers right below, these use one alone: the others are their siblings. */
const ONLY = { masking: 'bounds', ticketing: 'notify' };
/** The few files beside the folders are layers as well. */
const FILES = {
  service: '(error-tracker|issue)\\.service\\.ts$',
  module: 'error-tracker\\.(module|module-definition|providers|extras)\\.ts$',
  'entry points': '(index|mail|prometheus|terminus|testing)\\.ts$',
};
/** Started by their names, imported by nobody. */
const WORKERS = '\\.worker\\.ts$';
/** Database drivers are the application's choice. */
const DRIVERS = ['better-sqlite3', 'libsql', 'mysql', 'mysql2', 'pg', 'sql.js', 'sqlite3'];

const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
);
const isOptional = (name) => peerDependenciesMeta[name]?.optional === true;
const required = [
  ...Object.keys(dependencies),
  ...Object.keys(peerDependencies).filter((name) => !isOptional(name)),
];
// nodemailer comes with the mailer and not with us.
const optional = [...Object.keys(peerDependenciesMeta).filter(isOptional), 'nodemailer'];

const anyOf = (patterns) => `(${patterns.join('|')})`;
const escaped = (text) => text.replace(/[/.]/g, '\\$&');
const lib = (layers) => `^lib/${anyOf(layers.map((layer) => FILES[layer] ?? `${layer}/`))}`;
/** A package where it is installed, or by its bare name where it is not. */
const packages = (names) => `^(node_modules/)?${anyOf(names.map(escaped))}(/|$)`;

function mayImport(layer, tier) {
  const below = TIERS.slice(0, tier).flat();
  const { [layer]: only } = ONLY;
  const siblings = only === undefined ? [] : TIERS[tier - 1].filter((name) => name !== only);
  return [layer, ...below.filter((name) => !siblings.includes(name))];
}

const downwards = TIERS.flatMap((layers, tier) =>
  layers.map((layer) => ({
    name: `${layer} imports only what is below it`,
    severity: 'error',
    from: { path: lib([layer]) },
    to: { path: '^lib/', pathNot: lib(mayImport(layer, tier)) },
  })),
);

export default {
  forbidden: [
    ...downwards,
    {
      name: 'every file is in a layer',
      comment: 'Move it, or name its layer in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: '^lib/', pathNot: lib(TIERS.flat()) },
      to: {},
    },
    {
      name: 'every file is used',
      severity: 'error',
      from: { path: [lib(['entry points']), WORKERS] },
      to: { path: '^lib/', pathNot: [lib(['entry points']), WORKERS, '\\.d\\.ts$'], reachable: false },
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'import the file, never an index',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '/index\\.tsx?$', pathNot: 'node_modules' },
    },
    {
      name: 'import the file, never a folder or nothing',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^\\.', couldNotResolve: true },
    },
    {
      name: 'package.json names every package',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        dependencyTypesNot: ['core', 'local'],
        pathNot: ['^lib/', '^\\.', packages([...required, ...optional, ...DRIVERS])],
      },
    },
    {
      name: 'drivers only by import() or as types',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: packages(DRIVERS), dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the root entry reaches no optional peer',
      severity: 'error',
      from: { path: '^lib/index\\.ts$' },
      to: { path: packages(optional), reachable: true },
    },
  ],
  options: {
    // Types count as imports, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
