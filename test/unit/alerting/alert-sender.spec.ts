import { alertChannels } from '../../../lib/alerting/alert-channels.js';
import { AlertSender } from '../../../lib/alerting/alert-sender.js';
import type { Alert } from '../../../lib/event/alert.js';
import { KeyMasker } from '../../../lib/masking/key.masker.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import type { OutboxEntry } from '../../../lib/storage/event-store.js';
import { TicketTracker, type NewTicket } from '../../../lib/ticketing/ticket-tracker.js';
import { anAlert, anEvent, anIssue } from '../../support/alerts.js';
import { optionsWith } from '../../support/events.js';
import { OutboxStore } from '../../support/outbox.store.js';

class Chat extends Notifier {
  readonly name = 'chat';
  readonly got: unknown[][] = [];
  override async notify(...args: [Alert, AbortSignal]): Promise<void> {
    this.got.push(args);
  }
}

class Jira extends TicketTracker {
  readonly name = 'jira';
  readonly got: [NewTicket, AbortSignal][] = [];
  override async create(...args: [NewTicket, AbortSignal]) {
    this.got.push(args);
    return { key: ' SHOP-7 ', url: 'javascript:alert(1)' };
  }
}

describe('AlertSender', () => {
  const store = new OutboxStore();
  const { signal } = new AbortController();
  const [chat, jira] = [new Chat(), new Jira()];
  const senderWith = (baseUrl?: string): AlertSender => {
    const options = optionsWith({ admin: { baseUrl } });
    return new AlertSender(store, alertChannels([chat], [jira]), new KeyMasker(options), options);
  };
  const entryOf = (changes: Partial<OutboxEntry> = {}): OutboxEntry => ({
    ...{ id: '1', attempts: 1, kind: 'new-issue', issueId: 42, channel: 'notifier:chat' },
    dedupeKey: 'new-issue:42:notifier:chat',
    ...changes,
  });

  beforeEach(() => {
    store.issues.set(42, anIssue());
  });

  it('names the fact and the page of the issue', async () => {
    expect(await senderWith('https://shop.example/errors/').prepare(entryOf())).toMatchObject({
      ...{ kind: 'new-issue', dedupeKey: 'new-issue:42', issue: { id: 42 } },
      url: 'https://shop.example/errors/issues/42',
    });
    expect((await senderWith().prepare(entryOf()))?.url).toBeUndefined();
  });

  it('masks issue and event again: an older release may have stored them', async () => {
    const event = anEvent({ message: 'password=hunter2' });
    store.issues.set(42, anIssue({ title: 'password=hunter2' }));
    store.events.set(event.id, { issueId: 42, seq: 1, weight: 1, event });
    const alert = await senderWith().prepare(entryOf({ eventId: event.id }));
    expect(alert?.event?.id).toBe(event.id);
    expect(JSON.stringify(alert)).not.toContain('hunter2');
  });

  it('goes without an event that was deleted meanwhile, but not without its issue', async () => {
    const alert = await senderWith().prepare(entryOf({ eventId: 'gone' }));
    expect(alert?.issue.id).toBe(42);
    expect(alert?.event).toBeUndefined();
    expect(await senderWith().prepare(entryOf({ issueId: 43 }))).toBeUndefined();
  });

  it('hands an alert to the notifier of its channel', async () => {
    const alert = anAlert();
    expect(await senderWith().send(entryOf(), alert, signal)).toBeUndefined();
    expect(chat.got).toEqual([[alert, signal]]);
  });

  it('makes a ticket of it where the channel is a ticket tracker, and checks the answer', async () => {
    const ticket = await senderWith().send(entryOf({ channel: 'ticket:jira' }), anAlert(), signal);
    expect(ticket).toEqual({ key: 'SHOP-7' });
    expect(jira.got[0]![0].title).toBe('PaymentError: The card was declined (#42)');
    expect(jira.got[0]![1]).toBe(signal);
  });

  it('fails where this process has no such channel, so that it is tried again', async () => {
    const sent = senderWith().send(entryOf({ channel: 'notifier:pager' }), anAlert(), signal);
    await expect(sent).rejects.toThrow("No 'notifier:pager' is registered in this process.");
  });
});
