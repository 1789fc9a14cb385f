import { randomUUID } from 'node:crypto';
import type { Issue } from '../../event/issue.js';
import type { EventStore, IssueDelta, IssueQuery, SaveOutcome } from '../../storage/event-store.js';
import { aBatch, aDelta } from '../deltas.js';
import type { TestFramework } from '../test-framework.js';
import { noAlerts } from './alerts.js';

export interface StoreFixture {
  /**
   * One more store on the same database, not open, with connections of its own as in another
   * process.
   */
  another(): EventStore;
  /** Closes every store and removes the database. */
  cleanUp(): Promise<void>;
}

/** Registers promises of one kind as tests. */
export interface Contract extends Pick<TestFramework, 'describe' | 'expect'> {
  readonly it: (title: string, test: (given: ContractCase) => Promise<void>) => void;
}

/**
 * What one test works with: an open store that other tests used, and a bug that none of them knows.
 */
export class ContractCase {
  readonly bug = `bug ${randomUUID()}`;

  constructor(
    readonly store: EventStore,
    /** The place of the store. */
    readonly fixture: StoreFixture,
    /** Makes another, empty place. */
    readonly makeFixture: () => Promise<StoreFixture>,
  ) {}

  readonly save = (...deltas: readonly IssueDelta[]): Promise<readonly SaveOutcome[]> =>
    this.store.save(aBatch(...deltas), noAlerts);

  readonly saveOne = async (facts: Partial<IssueDelta> = {}): Promise<SaveOutcome> =>
    present((await this.save(aDelta(this.bug, facts)))[0]);

  readonly issueOf = async (id: number): Promise<Issue> => present(await this.store.getIssue(id));

  readonly hoursOf = async (id: number, since = 0): Promise<ReadonlyMap<number, number>> =>
    (await this.store.getHours([id], since)).get(id) ?? new Map<number, number>();

  /** Ids of the issue's events, oldest first. */
  readonly keptOf = async (id: number): Promise<string[]> =>
    (await this.store.findEvents(id, 200)).items.map(({ event }) => event.id).reverse();

  /** The items of all pages of a list. */
  readonly allIssues = async (query: IssueQuery): Promise<Issue[]> => {
    const items: Issue[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.store.findIssues({ ...query, ...(cursor === undefined ? {} : { cursor }) });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  };
}

export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a value, got undefined');
  return value;
}
