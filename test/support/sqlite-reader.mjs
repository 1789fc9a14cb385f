// Another process that reads what is really in the file.
import Database from 'libsql';

const database = new Database(process.argv[2]);
const [totals] = database
  .prepare(
    `SELECT (SELECT SUM(event_count) FROM error_tracker_issue) AS counted,
      (SELECT SUM(n) FROM error_tracker_issue_hour) AS hourly,
      (SELECT COUNT(*) FROM error_tracker_event) AS events,
      (SELECT COUNT(*) FROM error_tracker_issue) AS issues`,
  )
  .all();
const [integrity] = database.prepare('PRAGMA integrity_check').all();
process.stdout.write(JSON.stringify({ ...totals, ...integrity }));
database.close();
