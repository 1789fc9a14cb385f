import { Logger } from '@nestjs/common';
import { AlertDispatcher } from '../../../lib/alerting/alert-dispatcher.js';
import { AlertRules } from '../../../lib/alerting/alert-rules.js';
import type { Alert } from '../../../lib/event/alert.js';
import { Masker } from '../../../lib/masking/masker.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import type { ResolvedOptions } from '../../../lib/options/resolved-options.js';
import { isInternal } from '../../../lib/scope/internal-work.js';
import { openScopes } from '../../../lib/scope/scope-storage.js';
import { TicketTracker, type NewTicket } from '../../../lib/ticketing/ticket-tracker.js';
import { anIssue } from '../../support/alerts.js';
import { OutboxStore } from '../../support/outbox.store.js';

type Delivery = (alert: Alert, signal: AbortSignal) => unknown;

class Channel extends Notifier {
  readonly alerts: Alert[] = [];
  constructor(
    readonly name: string,
    private readonly delivery: Delivery = () => undefined,
  ) {
    super();
  }
  notify(alert: Alert, signal: AbortSignal): Promise<void> {
    this.alerts.push(alert);
    return this.delivery(alert, signal) as Promise<void>;
  }
}

class Board extends TicketTracker {
  readonly name = 'board';
  readonly tickets: NewTicket[] = [];
  constructor(private readonly answer: (signal: AbortSignal) => unknown) {
    super();
  }
  create(ticket: NewTicket, signal: AbortSignal): Promise<{ key: string }> {
    this.tickets.push(ticket);
    return this.answer(signal) as Promise<{ key: string }>;
  }
}

class WordMasker extends Masker {
  mask(_path: readonly string[], _key: string, value: unknown): unknown {
    return typeof value === 'string' ? value.replaceAll('hunter2', '[masked]') : value;
  }
}

const OPTIONS = {
  delivery: { flushIntervalMs: 1, retryMaxMs: 1, shutdownTimeoutMs: 1, notifyTimeoutMs: 100 },
  limits: {
    maxBreadcrumbs: 25,
    stringLength: 4096,
    depth: 8,
    entries: 100,
    nodes: 2000,
    eventBytes: 32768,
    pendingIssues: 10,
  },
  admin: { path: 'errors', baseUrl: 'https://shop.example/errors/', pageSize: 25, title: 'shop' },
} as unknown as ResolvedOptions;

describe('AlertDispatcher', () => {
  let store: OutboxStore;
  let warn: jest.SpyInstance;
  let log: jest.SpyInstance;
  let dispatcher: AlertDispatcher | undefined;

  beforeEach(() => {
    store = new OutboxStore();
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    log = jest.spyOn(Logger.prototype, 'log').mockReturnValue(undefined);
  });

  afterEach(() => {
    dispatcher?.stop();
    dispatcher = undefined;
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function dispatch(
    notifiers: readonly Notifier[],
    trackers: readonly TicketTracker[] = [],
  ): AlertDispatcher {
    dispatcher = new AlertDispatcher(store, new AlertRules(notifiers, trackers), new WordMasker(), OPTIONS);
    return dispatcher;
  }

  /** Waits for what is due without ending the dispatcher. */
  const settle = (): Promise<void> => dispatcher!.deliverDue(20_000);

  it('hands a due alert to its channel, masked again, with a link', async () => {
    store.put('new-issue:42', 'notifier:mail');
    store.issues.set(42, anIssue({ title: 'login with hunter2' }));
    const mail = new Channel('mail');
    await dispatch([mail]).deliverDue(20_000);

    expect(mail.alerts).toHaveLength(1);
    expect(mail.alerts[0]).toMatchObject({
      kind: 'new-issue',
      dedupeKey: 'new-issue:42',
      url: 'https://shop.example/errors/issues/42',
      issue: { id: 42, title: 'login with [masked]' },
      event: { id: '01920000-0000-7000-8000-000000000001' },
    });
    expect(store.settled).toMatchObject([{ result: { sent: true } }]);
  });

  it('makes one round of many wakes', async () => {
    dispatch([]);
    for (let index = 0; index < 100; index++) dispatcher!.wake();
    await settle();

    expect(store.claims).toBe(1);
  });

  it('misses no wake, however close it is to the end of a round', async () => {
    for (let ticks = 0; ticks < 15; ticks++) {
      store = new OutboxStore();
      dispatch([]);
      const claim = store.claimOutbox.bind(store);
      jest.spyOn(store, 'claimOutbox').mockImplementationOnce(async (...args) => {
        const wakeLater = async (): Promise<void> => {
          for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
          dispatcher!.wake();
        };
        void wakeLater();
        return claim(...args);
      });
      dispatcher!.wake();
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));

      expect([ticks, store.claims]).toEqual([ticks, 2]);
    }
  });

  it('delivers nothing inside the turn of the caller, and everything as internal work', async () => {
    openScopes();
    store.put('new-issue:42', 'notifier:mail');
    const seen: boolean[] = [];
    const mail = new Channel('mail', () => void seen.push(isInternal()));
    dispatch([mail]).wake();
    expect(store.claims).toBe(0);
    await settle();

    expect(seen).toEqual([true]);
  });

  it('has at most three deliveries under way, and gets through all of them', async () => {
    let now = 0;
    let most = 0;
    const mail = new Channel('mail', async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
    });
    for (let id = 1; id <= 10; id++) store.put(`new-issue:${id}`, 'notifier:mail', id);
    await dispatch([mail]).deliverDue(20_000);

    expect(most).toBe(3);
    expect(store.settled.filter(({ result }) => result.sent)).toHaveLength(10);
  });

  it.each<[string, Delivery, string]>([
    [
      'throws',
      () => {
        throw new Error('no hunter2\nsecond line');
      },
      'Error: no [masked] second line',
    ],
    ['rejects', () => Promise.reject(new Error('refused')), 'Error: refused'],
    ['rejects with nothing', () => Promise.reject(undefined), 'undefined'],
    [
      'rejects with a trap',
      () =>
        Promise.reject({
          toString: () => {
            throw new Error('trap');
          },
        }),
      'Unknown failure.',
    ],
    ['never answers', () => new Promise(() => undefined), 'Error: No answer within 100 ms.'],
  ])('is not hurt by a channel that %s, and tries again later', async (_how, delivery, error) => {
    store.put('new-issue:42', 'notifier:bad');
    store.put('new-issue:42', 'notifier:good');
    const good = new Channel('good');
    await dispatch([new Channel('bad', delivery), good]).deliverDue(20_000);

    expect(good.alerts).toHaveLength(1);
    const failure = store.settled.find(({ entry }) => entry.channel === 'notifier:bad');
    expect(failure?.result).toEqual({ sent: false, error, retryAt: expect.any(Number) });
    expect(dispatcher!.health()).toEqual({
      failures: { 'notifier:bad': 1 },
      failing: ['notifier:bad'],
      givenUp: 0,
    });
  });

  it('accepts a channel that returns no promise', async () => {
    store.put('new-issue:42', 'notifier:mail');
    await dispatch([new Channel('mail', () => 'done')]).deliverDue(20_000);

    expect(store.settled).toMatchObject([{ result: { sent: true } }]);
  });

  it('aborts the signal of a channel that never answers', async () => {
    store.put('new-issue:42', 'notifier:mail');
    const signals: AbortSignal[] = [];
    await dispatch([
      new Channel('mail', (_alert, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      }),
    ]).deliverDue(20_000);

    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('retries after 10 s, 1, 5 and 30 minutes and then gives up', async () => {
    store.put('new-issue:42', 'notifier:mail');
    dispatch([new Channel('mail', () => Promise.reject(new Error('down')))]);
    let now = 1_800_000_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    const pauses: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 6; attempt++) {
      await settle();
      const last = store.settled.at(-1)!.result;
      const retryAt = last.sent ? undefined : last.retryAt;
      pauses.push(retryAt === undefined ? undefined : retryAt - now);
      now = retryAt ?? now + 3_600_000;
    }

    expect(pauses).toEqual([10_000, 60_000, 300_000, 1_800_000, undefined, undefined]);
    expect(store.settled).toHaveLength(5);
    expect(dispatcher!.health()).toMatchObject({ failures: { 'notifier:mail': 5 }, givenUp: 1 });
  });

  it('logs one line when a channel starts to fail and one when it works again', async () => {
    let failing = true;
    dispatch([new Channel('mail', () => failing && Promise.reject(new Error('bad\r\npassword hunter2')))]);
    for (const id of [1, 2]) store.put(`new-issue:${id}`, 'notifier:mail', id);
    await settle();
    failing = false;
    for (const id of [3, 4]) store.put(`new-issue:${id}`, 'notifier:mail', id);
    await settle();

    expect(warn.mock.calls).toEqual([
      ['Alerts on notifier:mail are failing and will be retried: Error: bad password [masked]'],
    ]);
    expect(log.mock.calls).toEqual([['Alerts on notifier:mail work again.']]);
    expect(dispatcher!.health().failing).toEqual([]);
  });

  it('retries an alert for a channel that only another process knows', async () => {
    store.put('new-issue:42', 'notifier:gone');
    await dispatch([]).deliverDue(20_000);

    expect(store.settled).toMatchObject([{ result: { sent: false, retryAt: expect.any(Number) } }]);
  });

  it('drops the alert of a deleted issue', async () => {
    store.put('new-issue:42', 'notifier:mail');
    store.issues.clear();
    const mail = new Channel('mail');
    await dispatch([mail]).deliverDue(20_000);

    expect(mail.alerts).toEqual([]);
    expect(store.settled).toMatchObject([{ result: { sent: false } }]);
    expect(store.settled[0]?.result).not.toHaveProperty('retryAt');
    expect(dispatcher!.health().failures).toEqual({});
  });

  it('survives a database that is away', async () => {
    store.put('new-issue:42', 'notifier:mail');
    store.away = new Error('connection refused');
    const mail = new Channel('mail');
    await dispatch([mail]).deliverDue(20_000);
    expect(dispatcher!.health().failures).toEqual({ outbox: 1 });
    store.away = undefined;
    await settle();

    expect(mail.alerts).toHaveLength(1);
    expect(warn).not.toHaveBeenCalled();
  });

  it('writes down a success although the database was locked for a moment', async () => {
    store.put('new-issue:42', 'notifier:mail');
    store.settleFailures = 2;
    const mail = new Channel('mail');
    await dispatch([mail]).deliverDue(20_000);

    expect(store.settled).toMatchObject([{ result: { sent: true } }]);
    expect(mail.alerts).toHaveLength(1);
  });

  describe('tickets', () => {
    it('are filed with a clean title and a body in which nothing from outside is markup', async () => {
      store.put('new-issue:42', 'ticket:board');
      store.issues.set(42, anIssue({ title: 'a\n```\n# @everyone [x](http://evil.example)' }));
      const board = new Board(async () => ({ key: 'SHOP-1', url: 'https://user:pw@board.example/SHOP-1' }));
      await dispatch([], [board]).deliverDue(20_000);

      const [ticket] = board.tickets;
      expect(ticket?.title).toBe('PaymentError: a ``` # @everyone [x](http://evil.example) (#42)');
      expect(ticket?.body).toContain('Details: <https://shop.example/errors/issues/42>');
      const [, fenced] = /\n````text\n([\s\S]*)\n````$/.exec(ticket?.body ?? '') ?? [];
      expect(fenced).toContain('  # @everyone');
      expect(store.settled).toMatchObject([
        { result: { sent: true, ticket: { key: 'SHOP-1', url: 'https://board.example/SHOP-1' } } },
      ]);
    });

    it('are asked for again with the same key when the answer was lost', async () => {
      store.put('new-issue:42', 'ticket:board');
      let lost = true;
      const board = new Board(() => (lost ? new Promise(() => undefined) : Promise.resolve({ key: '#1' })));
      await dispatch([], [board]).deliverDue(20_000);
      lost = false;
      store.rows[0]!.dueAt = 0;
      await settle();

      expect(board.tickets).toHaveLength(2);
      expect(board.tickets[1]?.dedupeKey).toBe(board.tickets[0]?.dedupeKey);
      expect(store.settled.at(-1)?.result).toEqual({ sent: true, ticket: { key: '#1' } });
    });

    it('have different keys in different applications', async () => {
      store.put('new-issue:42', 'ticket:board');
      const board = new Board(async () => ({ key: '#1' }));
      await dispatch([], [board]).deliverDue(20_000);

      expect(board.tickets[0]?.dedupeKey).toBe(`new-issue:42:${'ab'.repeat(8)}`);
    });

    it.each([undefined, null, 'SHOP-1', {}, { key: '' }, { key: { toString: 1 } }])(
      'are not filed twice when the tracker answers %p',
      async (answer) => {
        store.put('new-issue:42', 'ticket:board');
        await dispatch([], [new Board(async () => answer)]).deliverDue(20_000);

        expect(store.settled[0]?.result).toEqual({
          sent: false,
          error: expect.stringContaining('returned no { key }'),
        });
      },
    );

    it('have no link that is not of the web', async () => {
      store.put('new-issue:42', 'ticket:board');
      await dispatch([], [new Board(async () => ({ key: '#1', url: 'javascript:alert(1)' }))]).deliverDue(
        20_000,
      );

      expect(store.settled[0]?.result).toEqual({ sent: true, ticket: { key: '#1' } });
    });
  });

  describe('shutdown', () => {
    it('delivers what is due first', async () => {
      for (let id = 1; id <= 5; id++) store.put(`new-issue:${id}`, 'notifier:mail', id);
      const mail = new Channel('mail', () => new Promise((resolve) => setTimeout(resolve, 10)));
      await dispatch([mail]).deliverDue(20_000);

      expect(store.settled).toHaveLength(5);
    });

    it('is not held up by a silent channel, and leaves the alert to the next process', async () => {
      store.put('new-issue:42', 'notifier:mail');
      await dispatch([new Channel('mail', () => new Promise(() => undefined))]).deliverDue(50);

      const { result, at } = store.settled[0]!;
      expect(result).toMatchObject({ sent: false, error: 'Interrupted by a shutdown.' });
      expect(result.sent ? undefined : result.retryAt).toBeLessThanOrEqual(at);
      expect(dispatcher!.health().failures).toEqual({});
    });

    it('begins nothing after the end', async () => {
      store.put('new-issue:42', 'notifier:mail');
      const mail = new Channel('mail');
      dispatch([mail]).stop();
      dispatcher!.start();
      dispatcher!.wake();
      await settle();

      expect(mail.alerts).toEqual([]);
      expect(store.claims).toBe(0);
    });
  });

  it('looks for leftovers soon after the start and every 30 seconds', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    dispatch([new Channel('mail')]).start();
    const turns = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await turns();
    expect(store.claims).toBe(0);
    jest.advanceTimersByTime(2000);
    await turns();
    expect(store.claims).toBe(1);
    jest.advanceTimersByTime(28_000);
    await turns();
    expect(store.claims).toBe(2);
    dispatcher!.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(300_000);
    await turns();
    expect(store.claims).toBe(2);
  });

  it('does not wait for the regular look to make the first retry', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'], now: 1_800_000_000_000 });
    let failing = true;
    store.put('new-issue:42', 'notifier:mail');
    const mail = new Channel('mail', () => failing && Promise.reject(new Error('down')));
    dispatch([mail]).wake();
    const turns = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await turns();
    failing = false;
    jest.advanceTimersByTime(10_100);
    await turns();

    expect(mail.alerts).toHaveLength(2);
    expect(store.settled.at(-1)?.result).toEqual({ sent: true });
  });
});
