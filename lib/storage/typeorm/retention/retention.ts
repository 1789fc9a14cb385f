import { clockLead } from './clock-lead.js';
import { DAY_MS, startOfDay } from '../../../time/durations.js';
import type { PruneReport, RetentionRules } from '../../event-store.js';
import { eventLoopTurn, pauseAbout } from '../../../time/pause.js';
import { deleteEvents, deleteIssue } from './delete-issues.js';
import { rollUpHours } from '../write/issue-hours.js';
import { acquireLease, releaseLease } from '../write/lease.js';
import { quietIssues } from './stale-issues.js';
import type { Session } from '../session.js';
import { sql, table } from '../statement.js';
import { surplusOf, trimmedAbove } from '../../trimming.js';
import type { Transactions } from '../transactions.js';

const LEASE_MS = 5 * 60_000;
/** Rows of one transaction: a writer waits no longer than it takes to delete them. */
const ROWS = 500;
const ISSUES = 50;
/** Steps of one run, each of a few small transactions; what is left is for the next one. */
const MAX_STEPS = 40;
const PAUSE_MS = 10;

/** Removes what is too old or too much, in small transactions, each of which leaves everything in order. */
export class Retention {
  constructor(private readonly transactions: Transactions) {}

  /**
   * @param at epoch milliseconds by the process's clock
   * @returns `undefined` if another process is at it
   */
  async prune(rules: RetentionRules, owner: string, at: number): Promise<PruneReport | undefined> {
    const now = at - (await this.transactions.write(clockLead));
    if (!(await acquireLease(this.transactions, 'retention', owner, now, LEASE_MS))) return undefined;
    const done = { events: 0, issues: 0 };
    let steps = 0;
    const work: (() => Promise<Step>)[] = [
      () => this.deleteOldEvents(now - rules.eventDays * DAY_MS),
      () => this.trimIssues(rules.eventsPerIssue),
      () => this.trimAll(rules.events),
      () => this.deleteQuietIssues(now - rules.quietIssueDays * DAY_MS),
      () => rollUpHours(this.transactions, startOfDay(now - rules.hourlyDays * DAY_MS)),
      () => this.deleteOldHours(startOfDay(now - rules.dailyDays * DAY_MS)),
      () => this.deleteSettledAlerts(now - rules.eventDays * DAY_MS),
    ];
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
    await releaseLease(this.transactions, 'retention', owner);
    return { ...done, finished: true };
  }

  private async deleteOldEvents(before: number): Promise<Step> {
    const rows = await this.transactions.write((session) =>
      session.rows<{ id: string }>(
        sql`SELECT id FROM ${table('event')} WHERE at < ${before} ORDER BY at LIMIT ${ROWS}`,
      ),
    );
    const ids = rows.map(({ id }) => id);
    const events = await this.transactions.write((session) => deleteEvents(session, ids));
    return { events, more: rows.length === ROWS };
  }

  private async trimIssues(most: number): Promise<Step> {
    return this.trim(trimmedAbove(most), () => most);
  }

  /** From the fullest issues first, a fifth at a time, so that a noisy one does not cost the others their last events. */
  private async trimAll(most: number): Promise<Step> {
    const [sum] = await this.transactions.write((session) =>
      session.rows<{ n: number | string | null; fullest: number | null }>(
        sql`SELECT SUM(stored_count) AS n, MAX(stored_count) AS fullest FROM ${table('issue')}`,
      ),
    );
    const excess = Number(sum?.n ?? 0) - most;
    if (excess <= 0) return { more: false };
    let left = excess;
    const { events, more } = await this.trim(
      Math.max(1, Math.floor(Number(sum?.fullest ?? 0) / 2)),
      (stored) => {
        const surplus = Math.min(left, Math.ceil(stored / 5));
        left -= surplus;
        return stored - surplus;
      },
    );
    return { events, more: more || (left > 0 && (events ?? 0) > 0) };
  }

  private async trim(above: number, keep: (stored: number) => number): Promise<Step> {
    const full = await this.transactions.write((session) =>
      session.rows<{ id: number; stored_count: number }>(
        sql`SELECT id, stored_count FROM ${table('issue')} WHERE stored_count > ${above}
          ORDER BY stored_count DESC LIMIT ${ISSUES}`,
      ),
    );
    let events = 0;
    let isPartly = false;
    for (const { id, stored_count: stored } of full) {
      // An embedded database works on the only thread there is: the application has its turn after every piece.
      await eventLoopTurn();
      const surplus = await this.transactions.write((session) => surplusIn(session, id, keep(stored)));
      events += await this.transactions.write((session) => deleteEvents(session, surplus.slice(0, ROWS)));
      isPartly ||= surplus.length > ROWS;
    }
    return { events, more: isPartly || (full.length === ISSUES && events > 0) };
  }

  private async deleteQuietIssues(since: number): Promise<Step> {
    const quiet = await this.transactions.write((session) => quietIssues(session, since, ISSUES));
    let issues = 0;
    let events = 0;
    for (const id of quiet) {
      await eventLoopTurn();
      // It may have come back since it was looked for.
      const isDue = async (session: Session) => (await quietIssues(session, since, 1, id)).length > 0;
      const deleted = await deleteIssue(this.transactions, id, isDue);
      issues += deleted.isGone ? 1 : 0;
      events += deleted.events;
    }
    return { issues, events, more: quiet.length === ISSUES };
  }

  private async deleteOldHours(before: number): Promise<Step> {
    const more = await this.transactions.write(async (session) => {
      const hours = await session.rows<{ hour: number | string }>(
        sql`SELECT DISTINCT hour FROM ${table('issue_hour')} WHERE hour < ${before} ORDER BY hour LIMIT ${24}`,
      );
      const starts = hours.map(({ hour }) => Number(hour));
      if (starts.length > 0)
        await session.run(sql`DELETE FROM ${table('issue_hour')} WHERE hour IN (${starts})`);
      return starts.length === 24;
    });
    return { more };
  }

  private async deleteSettledAlerts(before: number): Promise<Step> {
    const more = await this.transactions.write(async (session) => {
      const rows = await session.rows<{ id: string }>(
        sql`SELECT id FROM ${table('outbox')} WHERE state IN (${['sent', 'failed']}) AND settled_at < ${before}
          ORDER BY id LIMIT ${ROWS}`,
      );
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await session.run(sql`DELETE FROM ${table('outbox')} WHERE id IN (${ids})`);
      return ids.length === ROWS;
    });
    return { more };
  }
}

async function surplusIn(session: Session, issueId: number, most: number): Promise<readonly string[]> {
  const events = await session.rows<{ id: string; at: number | string; release_name: string | null }>(
    sql`SELECT id, at, release_name FROM ${table('event')} WHERE issue_id = ${issueId} ORDER BY seq`,
  );
  const comebacks = await session.rows<{ at: number | string }>(
    sql`SELECT at FROM ${table('activity')} WHERE issue_id = ${issueId} AND kind = ${'regressed'}`,
  );
  return surplusOf(
    events.map(({ id, at, release_name: release }) => ({ id, at: Number(at), release })),
    comebacks.map(({ at }) => Number(at)),
    most,
  );
}

interface Step {
  readonly events?: number;
  readonly issues?: number;
  readonly more: boolean;
}
