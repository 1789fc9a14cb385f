// Another process that writes to the same SQLite file and holds its lock most of the time.
import Database from 'libsql';

const [file, lockedMs, freeMs, cycles] = process.argv.slice(2);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, Number(ms)));

const database = new Database(file, { timeout: 5000 });
database.pragma('busy_timeout = 5000');
for (let cycle = 0; cycle < Number(cycles); cycle += 1) {
  database.exec('BEGIN IMMEDIATE');
  database.exec("UPDATE error_tracker_meta SET updated_at = updated_at + 1 WHERE name = 'none'");
  process.stdout.write('locked\n');
  await sleep(lockedMs);
  database.exec('COMMIT');
  await sleep(freeMs);
}
database.close();
