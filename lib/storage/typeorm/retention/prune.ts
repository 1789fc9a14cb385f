import type { RetentionRules } from '../../../options/resolved-options.js';
import { steadyNow } from '../../../time/clock.js';
import { DAY_MS, MINUTE_MS, startOfDay } from '../../../time/durations.js';
import { eventLoopTurn, pauseAbout } from '../../../time/pause.js';
import type { PruneReport } from '../../queries.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import type { Transactions } from '../transactions.js';
import { deleteOldEvents } from './delete-events.js';
import { acquireLease, releaseLease } from './lease.js';
import { deleteOldHours, rollUpHours } from './roll-up-hours.js';
import { deleteStaleIssues } from './stale-issues.js';
import { ROWS_PER_TRANSACTION, type Step } from './step.js';
import { trimAll, trimIssues } from './trim-events.js';

const LEASE = 'retention';
const LEASE_MS = 5 * MINUTE_MS;
/** Steps of one run, each of a few small transactions. What is left is for the next run. */
const MAX_STEPS = 40;
const PAUSE_MS = 10;

/**
 * Removes what is too old or too much, in small transactions that each leave the data consistent.
 * What has to go is looked for outside of them: a run that finds nothing keeps no writer waiting.
 *
 * @param at epoch milliseconds by the process's clock
 * @returns `undefined` if another process is pruning
 */
export async function prune(
  transactions: Transactions,
  rules: RetentionRules,
  owner: string,
  at: number,
): Promise<PruneReport | undefined> {
  const now = at - (await transactions.read(clockLead));
  if (!(await acquireLease(transactions, LEASE, owner, now, LEASE_MS))) return undefined;
  const work: (() => Promise<Step>)[] = [
    () => deleteOldEvents(transactions, now - rules.eventDays * DAY_MS),
    () => trimIssues(transactions, rules.eventsPerIssue),
    () => trimAll(transactions, rules.events),
    () => deleteStaleIssues(transactions, now - rules.quietIssueDays * DAY_MS),
    () => rollUpHours(transactions, startOfDay(now - rules.hourlyDays * DAY_MS)),
    () => deleteOldHours(transactions, startOfDay(now - rules.dailyDays * DAY_MS)),
    () => deleteSettledAlerts(transactions, now - rules.eventDays * DAY_MS),
  ];
  const done = { events: 0, issues: 0 };
  let steps = 0;
  for (const step of work) {
    for (let goesOn = true; goesOn;) {
      if (steps++ === MAX_STEPS) return { ...done, finished: false };
      const { events = 0, issues = 0, more } = await step();
      done.events += events;
      done.issues += issues;
      goesOn = more;
      await (more ? pauseAbout(PAUSE_MS) : eventLoopTurn());
    }
  }
  await releaseLease(transactions, LEASE, owner);
  return { ...done, finished: true };
}

/**
 * How far this process's clock is ahead of another clock, in milliseconds and never below 0. What
 * is deleted for its age is gone for everybody, so one clock alone does not decide. The other clock
 * is the database's. Beside a file it is the process's own count of the time since it started,
 * which reveals a clock that jumped.
 */
async function clockLead(session: Session): Promise<number> {
  const other = (await session.time()) ?? steadyNow();
  return Math.max(0, Math.round(Date.now() - other));
}

async function deleteSettledAlerts(transactions: Transactions, before: number): Promise<Step> {
  const rows = await transactions.read((session) =>
    session.rows<{ id: string }>(
      sql`SELECT id FROM ${table('outbox')} WHERE state IN (${['sent', 'failed']}) AND settled_at < ${before}
        ORDER BY id LIMIT ${ROWS_PER_TRANSACTION}`,
    ),
  );
  if (rows.length === 0) return { more: false };
  const ids = rows.map(({ id }) => id);
  await transactions.write((session) =>
    session.change(sql`DELETE FROM ${table('outbox')} WHERE id IN (${ids})`),
  );
  return { more: ids.length === ROWS_PER_TRANSACTION };
}
