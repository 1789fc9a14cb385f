import type { DeliveryWorker } from '../../lib/delivery/delivery-worker.js';
import { IssueStateError } from '../../lib/errors/issue-state.error.js';
import { IssueService } from '../../lib/issue.service.js';
import { InMemoryEventStore } from '../support/in-memory-event.store.js';
import { stored } from '../support/stored-events.js';

describe('IssueService', () => {
  let store: InMemoryEventStore;
  let issues: IssueService;
  let id: number;

  beforeEach(async () => {
    store = new InMemoryEventStore();
    issues = new IssueService(store, { flush: () => Promise.resolve(true) } as unknown as DeliveryWorker);
    id = (await stored(store, 'CardError')).issueId;
  });

  const kinds = async () => (await issues.activity(id)).map(({ kind }) => kind);

  it('resolves and reopens, and writes down who did it', async () => {
    expect(await issues.resolve(id, 'mira')).toMatchObject({ status: 'resolved' });
    expect(await issues.reopen(id)).toMatchObject({ status: 'open' });
    expect(await issues.activity(id)).toMatchObject([
      { kind: 'reopened' },
      { kind: 'resolved', actor: 'mira' },
      { kind: 'first_seen' },
    ]);
  });

  it('un-mutes a muted issue by resolving it', async () => {
    await issues.mute(id);
    expect(await issues.resolve(id)).toMatchObject({ status: 'resolved' });
    expect(await issues.unmute(id)).toMatchObject({ status: 'resolved' });
  });

  it('refuses to mute a resolved issue', async () => {
    await issues.resolve(id);
    await expect(issues.mute(id)).rejects.toThrow(IssueStateError);
    expect(await issues.get(id)).toMatchObject({ status: 'resolved' });
  });

  it('leaves no trace of a step that changes nothing', async () => {
    await issues.reopen(id);
    await issues.unmute(id);
    await issues.resolve(id);
    await issues.resolve(id);
    expect(await kinds()).toEqual(['resolved', 'first_seen']);
  });

  it('opens a muted issue by unmute and by reopen', async () => {
    await issues.mute(id);
    expect(await issues.unmute(id)).toMatchObject({ status: 'open' });
    await issues.mute(id);
    expect(await issues.reopen(id)).toMatchObject({ status: 'open' });
  });

  it('knows nothing of an issue that does not exist', async () => {
    for (const step of ['resolve', 'reopen', 'mute', 'unmute', 'get'] as const) {
      expect(await issues[step](999)).toBeUndefined();
    }
    expect(await issues.delete(999)).toBe(false);
    expect(await issues.delete(id)).toBe(true);
    expect(await issues.get(id)).toBeUndefined();
  });
});
