import { DeadlineError } from '../../../../lib/time/deadline.js';
import { Opening } from '../../../../lib/storage/typeorm/opening.js';
import { scratchSqlite } from '../../../support/databases.js';
import { connectStore } from '../../../support/stores.js';

/** A promise that the test settles. */
function settleable() {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

describe('Opening', () => {
  let attempts: ReturnType<typeof settleable>[];
  let opening: Opening;

  beforeEach(() => {
    jest.useFakeTimers();
    attempts = [];
    opening = new Opening(() => {
      const attempt = settleable();
      attempts.push(attempt);
      return attempt.promise;
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Asks, and tells later how it ended. */
  function ask(): { outcome: string } {
    const question = { outcome: 'waits' };
    opening.wait().then(
      () => (question.outcome = 'goes on'),
      (error: unknown) => (question.outcome = error instanceof DeadlineError ? 'too late' : 'fails'),
    );
    return question;
  }
  const settle = () => jest.advanceTimersByTimeAsync(0);

  it('lets a question wait for an attempt that is yet to begin', async () => {
    const question = ask();
    await jest.advanceTimersByTimeAsync(1000);
    const begun = opening.begin();
    await jest.advanceTimersByTimeAsync(1000);
    expect(question.outcome).toBe('waits');
    attempts[0]?.resolve();
    await begun;
    await settle();
    expect(question.outcome).toBe('goes on');
  });

  it('lets it go on when the first attempt fails, and wait for none that nobody makes', async () => {
    const first = ask();
    const begun = opening.begin();
    attempts[0]?.reject(new Error('away'));
    await expect(begun).rejects.toThrow('away');
    const second = ask();
    await settle();
    expect([first.outcome, second.outcome]).toEqual(['goes on', 'goes on']);
  });

  it('lets it wait for a later attempt that is under way', async () => {
    const failed = opening.begin();
    attempts[0]?.reject(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    const begun = opening.begin();
    const question = ask();
    await jest.advanceTimersByTimeAsync(4000);
    expect(question.outcome).toBe('waits');
    attempts[1]?.resolve();
    await begun;
    await settle();
    expect(question.outcome).toBe('goes on');
  });

  it('gives a question up after five seconds, whenever the attempt began', async () => {
    const early = ask();
    await jest.advanceTimersByTimeAsync(1000);
    void opening.begin();
    const late = ask();
    await jest.advanceTimersByTimeAsync(4000);
    expect([early.outcome, late.outcome]).toEqual(['too late', 'waits']);
    await jest.advanceTimersByTimeAsync(1000);
    expect(late.outcome).toBe('too late');
    attempts[0]?.resolve();
  });

  it('lets questions wait once for a store that nobody opens', async () => {
    const first = ask();
    await jest.advanceTimersByTimeAsync(5000);
    expect(first.outcome).toBe('goes on');
    const second = ask();
    await settle();
    expect(second.outcome).toBe('goes on');
  });

  it('lets nobody wait for a store that was closed', async () => {
    const question = ask();
    opening.expectNoMore();
    await settle();
    expect(question.outcome).toBe('goes on');
  });

  it('makes one attempt at a time', async () => {
    const both = [opening.begin(), opening.begin()];
    expect(attempts).toHaveLength(1);
    attempts[0]?.resolve();
    await Promise.all(both);
    void opening.begin();
    expect(attempts).toHaveLength(2);
    attempts[1]?.resolve();
  });
});

describe('a store', () => {
  it('answers what it was asked before anybody opened it', async () => {
    const database = await scratchSqlite();
    const { store } = connectStore(database);
    const answers = [store.findIssues({ limit: 1 }), store.getIssue(1), store.deleteIssue(1)];
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.open();
    expect(await Promise.all(answers)).toEqual([{ items: [] }, undefined, false]);
    await store.close();
    await database.drop();
  });

  it('refuses at once after it was closed', async () => {
    const database = await scratchSqlite();
    const { store } = connectStore(database);
    const early = store.findIssues({ limit: 1 });
    await store.close();
    await expect(early).rejects.toThrow('not open');
    await expect(store.findIssues({ limit: 1 })).rejects.toThrow('not open');
    await database.drop();
  });
});
