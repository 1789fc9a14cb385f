import type { IssueDelta, SaveOutcome } from '../storage/batch.js';
import { MemoryOutbox } from './memory-outbox.js';
import { addDelta, newRecord, type IssueRecord } from './memory-record.js';

/** What `MemoryEventStore`s hold. Stores that are given the same one see the same issues. */
export class MemoryData {
  readonly records = new Map<number, IssueRecord>();
  /** Issue ids by fingerprint. */
  readonly issueOf = new Map<string, number>();
  /** Id of the last batch of every process. */
  readonly lastBatch = new Map<string, string>();
  readonly outbox = new MemoryOutbox();
  private lastId = 0;

  get eventCount(): number {
    return [...this.records.values()].reduce((sum, { events }) => sum + events.length, 0);
  }

  /** Finds or makes the issue of a delta, and adds to it. */
  add(delta: IssueDelta): SaveOutcome {
    const { hash, former = [] } = delta.fingerprint;
    const known = [hash, ...former]
      .map((one) => this.records.get(this.issueOf.get(one) ?? 0))
      .find((record) => record !== undefined);
    const record = known ?? newRecord(++this.lastId, delta);
    const { issue } = record;
    this.records.set(issue.id, record);
    this.issueOf.set(hash, issue.id);
    const regressed = issue.status === 'resolved';
    if (regressed) {
      issue.status = 'open';
      issue.regressions += 1;
      record.activity.push({ kind: 'regressed', at: delta.firstSeen });
    }
    addDelta(record, delta);
    return {
      fingerprint: hash,
      issueId: issue.id,
      status: issue.status,
      created: known === undefined,
      regressed,
      regressions: issue.regressions,
      ...(delta.samples.length > 0 && { eventId: delta.samples.at(-1)?.event.id }),
    };
  }

  /** Returns what brings all issues back to where they are now. */
  remember(): () => void {
    const before = structuredClone({ records: this.records, issueOf: this.issueOf, lastId: this.lastId });
    return () => {
      this.records.clear();
      this.issueOf.clear();
      for (const [id, record] of before.records) this.records.set(id, record);
      for (const [hash, id] of before.issueOf) this.issueOf.set(hash, id);
      this.lastId = before.lastId;
    };
  }
}
