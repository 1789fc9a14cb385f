import { Injectable } from '@nestjs/common';
import { DeliveryWorker } from './delivery/delivery-worker.js';
import { IssueStateError } from './errors/issue-state.error.js';
import type { Activity, ActivityKind, Issue, IssueStatus } from './event/issue.js';
import {
  EventStore,
  type EventNeighbours,
  type IssueQuery,
  type Page,
  type StoredEvent,
} from './storage/event-store.js';
import { SECOND_MS } from './time/durations.js';

const FLUSH_LIMIT_MS = 5 * SECOND_MS;

/**
 * Issues and their events, for the application's own code: admin commands, chat bots, tests. What
 * the dashboard does goes through it, too. Every method rejects while the store is away.
 */
@Injectable()
export class IssueService {
  constructor(
    private readonly store: EventStore,
    private readonly worker: DeliveryWorker,
  ) {}

  /**
   * A page of issues, always descending. Rejects with `InvalidCursorError` for a cursor nobody
   * handed out.
   */
  find(query: IssueQuery): Promise<Page<Issue>> {
    return this.store.findIssues(query);
  }

  /** Number of issues in each status, for the same search as in `find`. */
  counts(search?: string): Promise<Readonly<Record<IssueStatus, number>>> {
    return this.store.countIssues(search);
  }

  get(id: number): Promise<Issue | undefined> {
    return this.store.getIssue(id);
  }

  /**
   * The issue's history, newest first.
   *
   * @param limit default 50
   */
  activity(id: number, limit = 50): Promise<readonly Activity[]> {
    return this.store.getActivity(id, limit);
  }

  /**
   * Events of an issue that are kept as samples, newest first.
   *
   * @param limit default 25
   * @param cursor `nextCursor` of the page before
   */
  events(id: number, limit = 25, cursor?: string): Promise<Page<StoredEvent>> {
    return this.store.findEvents(id, limit, cursor);
  }

  /** Finds an event by what `capture()` returned; `undefined` if it was not kept. */
  event(eventId: string): Promise<StoredEvent | undefined> {
    return this.store.getEvent(eventId);
  }

  /** Ids of the events around the one with number `seq` within its issue. */
  neighbours(id: number, seq: number): Promise<EventNeighbours> {
    return this.store.getNeighbours(id, seq);
  }

  /**
   * Events per hour (epoch milliseconds of its start) since `since`, hours without events left out.
   */
  hours(id: number, since: number): Promise<ReadonlyMap<number, number>> {
    return this.hoursOf([id], since).then((hours) => hours.get(id) ?? new Map<number, number>());
  }

  /** The same for several issues at once; issues without events since then are left out. */
  hoursOf(ids: readonly number[], since: number): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
    return this.store.getHours(ids, since);
  }

  /**
   * Marks the issue as fixed: its next event counts as a regression. A muted issue is un-muted by
   * it.
   *
   * @returns the issue, or `undefined` if there is none
   */
  async resolve(id: number, actor?: string): Promise<Issue | undefined> {
    return this.change(id, { open: 'resolved', muted: 'resolved' }, 'resolved', actor);
  }

  /** Opens a resolved or muted issue; an open one stays as it is. */
  async reopen(id: number, actor?: string): Promise<Issue | undefined> {
    return this.change(id, { resolved: 'open', muted: 'open' }, 'reopened', actor);
  }

  /**
   * Silences the issue: its events are counted and kept, and alert nobody. Rejects with
   * `IssueStateError` if the issue is resolved, as nothing would ever tell of a regression.
   */
  async mute(id: number, actor?: string): Promise<Issue | undefined> {
    const issue = await this.store.getIssue(id);
    if (issue?.status === 'resolved') {
      throw new IssueStateError('resolved', `Issue ${id} is resolved; reopen it before muting it.`);
    }
    return this.change(id, { open: 'muted' }, 'muted', actor, issue);
  }

  /** Opens a muted issue; any other stays as it is. */
  async unmute(id: number, actor?: string): Promise<Issue | undefined> {
    return this.change(id, { muted: 'open' }, 'unmuted', actor);
  }

  /**
   * Deletes the issue with its events and history; the same error makes a new issue. Returns
   * whether there was one.
   */
  delete(id: number): Promise<boolean> {
    return this.store.deleteIssue(id);
  }

  /**
   * Deletes every event of a user, by the id they have in the application, and everything that
   * shows they were affected; the numbers of events and users stay. What this process still has in
   * memory is stored first; other processes store theirs within a second, unless the store is away.
   * Returns how many events there were.
   */
  async eraseUser(userId: string | number): Promise<number> {
    await this.worker.flush(FLUSH_LIMIT_MS, Promise.resolve());
    return this.store.eraseUser(String(userId));
  }

  /** A step that the current status does not allow changes nothing and leaves no history. */
  private async change(
    id: number,
    steps: Partial<Record<IssueStatus, IssueStatus>>,
    kind: ActivityKind,
    actor: string | undefined,
    known?: Issue,
  ): Promise<Issue | undefined> {
    const issue = known ?? (await this.store.getIssue(id));
    const status = issue && steps[issue.status];
    if (!status) return issue;
    return this.store.changeStatus(id, { from: issue.status, status, kind, actor, at: Date.now() });
  }
}
