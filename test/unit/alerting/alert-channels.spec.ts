import { alertChannels } from '../../../lib/alerting/alert-channels.js';
import { Notifier } from '../../../lib/notify/notifier.js';
import { TicketTracker } from '../../../lib/ticketing/ticket-tracker.js';

class Chat extends Notifier {
  constructor(readonly name = 'chat') {
    super();
  }
  async notify(): Promise<void> {}
}
class Board extends TicketTracker {
  readonly name = 'chat';
  async create() {
    return { key: '1' };
  }
}

describe('alertChannels', () => {
  it('names notifiers and ticket trackers apart, so that both may have one name', () => {
    const [chat, board] = [new Chat(), new Board()];
    const channels = alertChannels([chat], [board]);
    expect([...channels.notifiers]).toEqual([['notifier:chat', chat]]);
    expect([...channels.ticketTrackers]).toEqual([['ticket:chat', board]]);
  });

  it.each([
    ['a class of another kind', [new Board()], 'Board in `notifiers` is not a Notifier.'],
    ['a class instead of an object', [Chat], 'Chat in `notifiers` is not a Notifier.'],
    ['nothing', [undefined], 'undefined in `notifiers` is not a Notifier.'],
    ['a blank name', [new Chat(' ')], 'Chat in `notifiers` has no usable name.'],
    ['a long name', [new Chat('x'.repeat(41))], 'Chat in `notifiers` has no usable name.'],
    ['a name that is taken', [new Chat(), new Chat()], "Two classes in `notifiers` have the name 'chat'"],
  ])('refuses %s', (_what, notifiers, message) => {
    expect(() => alertChannels(notifiers, [])).toThrow(message);
  });
});
