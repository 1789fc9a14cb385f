// npm run bench [-- <scenario>…]: the numbers the library promises, measured beside a bare
// application. Throughput swings with whatever else the machine does; judge by the CPU ratios, and
// those by the noise rows.
import { design } from './comparison.mjs';
import { boot } from './scenarios/boot.mjs';
import { failing } from './scenarios/failing.mjs';
import { healthy } from './scenarios/healthy.mjs';
import { soak } from './scenarios/soak.mjs';
import { store } from './scenarios/store.mjs';
import { storm } from './scenarios/storm.mjs';
import { turn } from './scenarios/turn.mjs';

const scenarios = { turn, healthy, failing, storm, store, boot, soak };
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenarios);
const unknown = chosen.filter((name) => !Object.hasOwn(scenarios, name));
if (unknown.length > 0) {
  console.error(`No scenario ${unknown.join(', ')}; there are: ${Object.keys(scenarios).join(', ')}`);
  process.exit(2);
}

const print = (what, target, ours) =>
  console.log(`| ${what.padEnd(52)} | ${target.padEnd(8)} | ${ours.padEnd(28)} |`);

console.log(`Node ${process.version}, Express, 50 connections; ${design}\n`);
print('what', 'target', 'ours');
print('-'.repeat(52), '-'.repeat(8), '-'.repeat(28));
for (const name of chosen) {
  for (const row of await scenarios[name]()) print(...row);
}
