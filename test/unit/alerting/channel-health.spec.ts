import { Logger } from '@nestjs/common';
import { ChannelHealth } from '../../../lib/alerting/channel-health.js';

describe('ChannelHealth', () => {
  let said: string[][];
  let health: ChannelHealth;

  beforeEach(() => {
    said = [];
    for (const level of ['log', 'warn'] as const) {
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...[line]: unknown[]) => void said.push([level, String(line)]));
    }
    health = new ChannelHealth();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('counts every failure, and tells the log only when a channel starts to fail or works again', () => {
    health.failed('notifier:mail', 'no route', false);
    health.failed('notifier:mail', 'no route', true);
    health.succeeded('notifier:mail');
    health.succeeded('notifier:mail');
    health.failed('notifier:mail', 'refused', false);
    expect(said).toEqual([
      ['warn', 'Alerts on notifier:mail are failing and will be retried: no route'],
      ['log', 'Alerts on notifier:mail work again.'],
      ['warn', 'Alerts on notifier:mail are failing and will be retried: refused'],
    ]);
    expect(health.snapshot()).toEqual({
      failures: { 'notifier:mail': 3 },
      failing: ['notifier:mail'],
      givenUp: 1,
    });
  });

  it('keeps the channels apart', () => {
    health.failed('notifier:mail', 'no route', false);
    health.failed('ticket:jira', 'no route', false);
    health.succeeded('notifier:mail');
    expect(health.snapshot()).toEqual({
      failures: { 'notifier:mail': 1, 'ticket:jira': 1 },
      failing: ['ticket:jira'],
      givenUp: 0,
    });
  });

  it('counts a failure that is logged elsewhere without calling the channel failing', () => {
    health.count('notifier:mail');
    expect(health.snapshot()).toEqual({ failures: { 'notifier:mail': 1 }, failing: [], givenUp: 0 });
    expect(said).toEqual([]);
  });
});
