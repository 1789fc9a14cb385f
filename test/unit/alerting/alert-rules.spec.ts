import { AlertRules, factOf } from '../../../lib/alerting/alert-rules.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import type { SaveOutcome } from '../../../lib/storage/event-store.js';
import { TicketTracker } from '../../../lib/ticketing/ticket-tracker.js';

class Channel extends Notifier {
  constructor(readonly name: string) {
    super();
  }
  async notify(): Promise<void> {}
}

class Board extends TicketTracker {
  constructor(readonly name: string) {
    super();
  }
  async create(): Promise<{ key: string }> {
    return { key: '#1' };
  }
}

const outcome = (parts: Partial<SaveOutcome>): SaveOutcome => ({
  fingerprint: 'ab'.repeat(32),
  issueId: 42,
  status: 'open',
  created: false,
  regressed: false,
  regressions: 0,
  eventId: 'event-1',
  ...parts,
});

describe('AlertRules', () => {
  const rules = new AlertRules([new Channel('mail'), new Channel('chat')], [new Board('mail')]);
  const keys = (parts: Partial<SaveOutcome>, isQuiet = false): string[] =>
    rules.alertsFor(outcome(parts), isQuiet).map((entry) => entry.dedupeKey);

  it('tells every channel of a new issue', () => {
    expect(keys({ created: true })).toEqual([
      'new-issue:42:notifier:mail',
      'new-issue:42:notifier:chat',
      'new-issue:42:ticket:mail',
    ]);
    expect(rules.alertsFor(outcome({ created: true }), false)[2]).toEqual({
      dedupeKey: 'new-issue:42:ticket:mail',
      channel: 'ticket:mail',
      kind: 'new-issue',
      issueId: 42,
      eventId: 'event-1',
    });
  });

  it('tells the notifiers of each regression by its number, and files no second ticket', () => {
    expect(keys({ regressed: true, regressions: 3 })).toEqual([
      'regression:42:3:notifier:mail',
      'regression:42:3:notifier:chat',
    ]);
  });

  it('says nothing of a known issue, nor of a muted one', () => {
    expect(keys({})).toEqual([]);
    expect(keys({ created: true, status: 'muted' })).toEqual([]);
  });

  it('says nothing of an issue none of whose new events is worth an alert', () => {
    expect(keys({ created: true }, true)).toEqual([]);
    expect(keys({ regressed: true }, true)).toEqual([]);
  });

  it('names the fact without the channel', () => {
    expect(rules.alertsFor(outcome({ created: true }), false).map(factOf)).toEqual(
      Array(3).fill('new-issue:42'),
    );
  });

  it.each([
    [
      [{ name: 'mail', notify: () => undefined }],
      [],
      /Object in `notifiers` is not a Notifier.*extends Notifier/,
    ],
    [[Channel], [], /Channel in `notifiers` is not a Notifier/],
    [[undefined], [], /undefined in `notifiers` is not a Notifier/],
    [[], [new Channel('x')], /Channel in `ticketTrackers` is not a TicketTracker.*extends TicketTracker/],
    [[new Channel(' ')], [], /Channel in `notifiers` has no usable name/],
    [[new Channel('x'.repeat(41))], [], /1 to 40 characters/],
    [[new Channel('mail'), new Channel('mail')], [], /Two classes in `notifiers` have the name 'mail'/],
    [[], [new Board('b'), new Board('b')], /Two classes in `ticketTrackers` have the name 'b'/],
  ])('refuses channels it could not address (case %#)', (notifiers, trackers, message) => {
    const make = (): AlertRules => new AlertRules(notifiers as Notifier[], trackers as TicketTracker[]);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ErrorTrackerConfigurationError' }));
  });
});
