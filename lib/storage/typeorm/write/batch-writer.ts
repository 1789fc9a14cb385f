import { LRUCache } from 'lru-cache';
import type { Batch, IssueDelta, SaveOutcome } from '../../batch.js';
import type { AlertsFor } from '../../event-store.js';
import type { Session } from '../session.js';
import type { Transactions } from '../transactions.js';
import { ACTIVITY_COLUMNS, activityRow, type NewActivity } from './activity-row.js';
import { wasSaved } from './batch-marker.js';
import { insertEvents } from './event-rows.js';
import { findOrCreateIssues, StaleIssueError, type IssueIds } from './find-or-create-issues.js';
import { applyChanges, lockIssues, type IssueChange, type LockedIssue } from './issue-changes.js';
import { addHours } from './issue-hours.js';
import { findNewUsers, insertUsers } from './issue-users.js';
import { insertOutboxEntries } from './outbox.js';
import { reopenResolved } from './reopen-resolved.js';

const MAX_REMEMBERED_ISSUES = 10_000;
const MAX_ATTEMPTS = 4;

/**
 * Saves batches, each in one transaction: finds or makes the issues, adds to them, and stores
 * events and alerts.
 */
export class BatchWriter {
  /** Issue ids by fingerprint. They are remembered only after a commit. */
  private readonly known = new LRUCache<string, number>({ max: MAX_REMEMBERED_ISSUES });

  constructor(private readonly transactions: Transactions) {}

  async save(batch: Batch, alertsFor: AlertsFor): Promise<readonly SaveOutcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { outcomes, ids } = await this.transactions.write((session) =>
          this.saveIn(session, batch, alertsFor),
        );
        for (const [hash, id] of ids) this.known.set(hash, id);
        return outcomes;
      } catch (error) {
        for (const { fingerprint } of batch.deltas) this.known.delete(fingerprint.hash);
        if (!(error instanceof StaleIssueError) || attempt >= MAX_ATTEMPTS) throw error;
      }
    }
  }

  private async saveIn(
    session: Session,
    batch: Batch,
    alertsFor: AlertsFor,
  ): Promise<{ outcomes: readonly SaveOutcome[]; ids: ReadonlyMap<string, number> }> {
    if (batch.deltas.length === 0 || (await wasSaved(session, batch)))
      return { outcomes: [], ids: new Map() };
    const deltas = [...batch.deltas].sort((a, b) => (a.fingerprint.hash < b.fingerprint.hash ? -1 : 1));
    const ids = await findOrCreateIssues(session, deltas, (hash) => this.known.get(hash));
    const changes = await lockedChanges(session, deltas, ids);

    const reopened = new Set<number>();
    for (const { issue } of changes) {
      if (issue.status === 'resolved' && (await reopenResolved(session, issue.id))) reopened.add(issue.id);
    }
    await applyChanges(session, changes);
    await insertEvents(session, changes);
    await addHours(session, changes);
    await insertUsers(session, changes);

    const outcomes: SaveOutcome[] = [];
    const activities: NewActivity[] = [];
    for (const { issue, deltas } of changes) {
      const created = ids.created.has(issue.id);
      const regressed = reopened.has(issue.id);
      const first = Math.min(...deltas.map(({ firstSeen }) => firstSeen));
      if (created) activities.push({ issueId: issue.id, kind: 'first_seen', at: first });
      if (regressed) activities.push({ issueId: issue.id, kind: 'regressed', at: first });
      for (const delta of deltas) outcomes.push(outcomeOf(issue, delta, created, regressed));
    }
    if (activities.length > 0)
      await session.insert('activity', ACTIVITY_COLUMNS, activities.map(activityRow));
    await insertOutboxEntries(
      session,
      outcomes.flatMap((outcome) => alertsFor(outcome)),
    );
    return { outcomes, ids: ids.byHash };
  }
}

async function lockedChanges(
  session: Session,
  deltas: readonly IssueDelta[],
  { byHash }: IssueIds,
): Promise<IssueChange[]> {
  const deltasOf = new Map<number, IssueDelta[]>();
  for (const delta of deltas) {
    const id = byHash.get(delta.fingerprint.hash);
    if (id === undefined) throw new StaleIssueError();
    const group = deltasOf.get(id);
    if (group) group.push(delta);
    else deltasOf.set(id, [delta]);
  }
  const issues = await lockIssues(
    session,
    [...deltasOf.keys()].sort((a, b) => a - b),
  );
  // One of them was known from before and is deleted by now.
  if (issues.length < deltasOf.size) throw new StaleIssueError();
  const grouped = issues.map((issue) => ({ issue, deltas: deltasOf.get(issue.id) ?? [] }));
  const newUsers = await findNewUsers(session, grouped);
  return grouped.map((change) => ({ ...change, newUsers: newUsers.get(change.issue.id) ?? [] }));
}

function outcomeOf(issue: LockedIssue, delta: IssueDelta, created: boolean, regressed: boolean): SaveOutcome {
  return {
    fingerprint: delta.fingerprint.hash,
    issueId: issue.id,
    status: regressed ? 'open' : issue.status,
    created,
    regressed,
    regressions: issue.regressions + (regressed ? 1 : 0),
    eventId: delta.samples.at(-1)?.event.id,
  };
}
