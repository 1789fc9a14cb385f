import {
  Controller,
  Get,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Cron, ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { from, mergeMap, type Observable } from 'rxjs';
import { ErrorTrackerService, TrackException, type ErrorEvent, type Issue } from '../../lib/index.js';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';

@Injectable()
class TrackedGuard implements CanActivate {
  @TrackException({ tags: { where: 'guard' } })
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await Promise.resolve();
    throw new Error(`guard of ${context.getHandler().name} broke`);
  }
}

@Injectable()
class Work {
  constructor(private readonly tracker: ErrorTrackerService) {}

  @Cron('* * * * * *', { name: 'above' })
  @TrackException()
  above(): void {
    throw new Error('cron above broke');
  }

  @TrackException()
  @Cron('* * * * * *', { name: 'below' })
  below(): void {
    throw new Error('cron below broke');
  }

  @TrackException({ silent: true, severity: 'info' })
  async silent(): Promise<string> {
    await Promise.resolve();
    throw new Error('swallowed');
  }

  @TrackException()
  async *lines(): AsyncGenerator<string> {
    yield await Promise.resolve('one');
    throw new Error('lines broke');
  }

  message(): void {
    this.tracker.captureMessage('order 17 is late', { tags: { queue: 'orders' } });
    this.tracker.captureMessage('order 18 is late', { severity: 'error' });
  }

  async scoped(user: string): Promise<void> {
    await this.tracker.withScope(
      async () => {
        await Promise.resolve();
        this.tracker.setTag('inner', user);
        throw new Error('scope broke');
      },
      { user: { id: user }, rethrow: false },
    );
    await this.tracker
      .withScope(() => Promise.reject(new RangeError('not tracked')), { only: [TypeError] })
      .catch(() => undefined);
  }
}

@Controller()
class WorkController {
  constructor(
    private readonly work: Work,
    private readonly tracker: ErrorTrackerService,
  ) {}

  @Get('above')
  @TrackException()
  above(): never {
    throw new Error('route above broke');
  }

  @TrackException()
  @Get('below')
  below(): never {
    throw new Error('route below broke');
  }

  @Get('guarded')
  @UseGuards(TrackedGuard)
  guarded(): void {
    /* never reached */
  }

  @Get('silent')
  async silent(): Promise<{ result: string | null }> {
    return { result: (await this.work.silent()) ?? null };
  }

  @Get('lines')
  lines(): Observable<string> {
    return from(this.work.lines()).pipe(mergeMap((line) => [line]));
  }

  @Get('message')
  message(): string {
    this.work.message();
    return 'told';
  }

  @Get('flags')
  flags(): never {
    this.tracker.setFeatureFlag('new-checkout');
    this.tracker.setFeatureFlag('layout', 'wide');
    this.tracker.setExtra('cart', { items: 3, token: 'hunter2' });
    throw new Error('flags broke');
  }

  @Get('scoped')
  async scoped(): Promise<string> {
    this.tracker.setTag('outer', 'yes');
    await Promise.all([this.work.scoped('ann'), this.work.scoped('bob')]);
    return 'done';
  }
}

let running: TestApp;
afterEach(() => running.close());

async function captured(): Promise<readonly { issue: Issue; events: readonly ErrorEvent[] }[]> {
  const issues = await running.allIssues();
  return Promise.all(
    issues.map(async (issue) => {
      const { items } = await running.store.findEvents(issue.id, 10);
      return { issue, events: items.map(({ event }) => event) };
    }),
  );
}

describe.each(PLATFORMS)('on %s', (platform) => {
  beforeEach(async () => {
    running = await startApp({ platform, controllers: [WorkController], providers: [Work, TrackedGuard] });
  });

  it.each([
    ['above', 500, 'route above broke', 'WorkController.above'],
    ['below', 500, 'route below broke', 'WorkController.below'],
    ['guarded', 500, 'guard of guarded broke', 'TrackedGuard.canActivate'],
    ['lines', 500, 'lines broke', 'Work.lines'],
  ])(
    '@TrackException() captures once what fails in /%s, whichever decorator stands first',
    async (...expected) => {
      const [path, status, title, transaction] = expected;
      expect((await http(`${running.url}/${path}`)).status).toBe(status);
      const all = await captured();
      expect(all.map(({ issue }) => [issue.title, issue.eventCount, issue.handled])).toEqual([
        [title, 1, false],
      ]);
      expect(all[0]?.events[0]).toMatchObject({ transaction, request: { url: `/${path}` } });
    },
  );

  it('swallows when silent', async () => {
    expect(await http(`${running.url}/silent`)).toMatchObject({ status: 200, body: '{"result":null}' });
    const [one] = await captured();
    expect(one?.issue).toMatchObject({ title: 'swallowed', handled: true, level: 'info' });
    expect(one?.events[0]?.severityReason).toBe('specified');
  });

  it('captures messages, grouped without their numbers', async () => {
    await http(`${running.url}/message`);
    const [{ issue, events } = { issue: undefined, events: [] }] = await captured();
    expect(issue).toMatchObject({
      title: 'order 18 is late',
      eventCount: 2,
      source: 'manual',
      handled: true,
    });
    expect(events.map(({ severity, severityReason }) => [severity, severityReason])).toEqual([
      ['error', 'specified'],
      ['info', 'message'],
    ]);
    expect(events[1]).toMatchObject({ tags: { queue: 'orders' }, request: { url: '/message' } });
  });

  it('keeps feature flags and extra facts, masked', async () => {
    await http(`${running.url}/flags`);
    const [one] = await captured();
    expect(one?.events[0]?.contexts).toMatchObject({
      featureFlags: { 'new-checkout': true, layout: 'wide' },
      extra: { cart: { items: 3, token: '[masked]' } },
    });
  });

  it('keeps scopes that run at the same time apart, with what the request knows', async () => {
    expect((await http(`${running.url}/scoped`)).body).toBe('done');
    const [one, ...more] = await captured();
    expect(more).toEqual([]);
    const events =
      one?.events.map(({ user, tags, severityReason }) => [user?.id, tags, severityReason]) ?? [];
    expect(events.sort()).toEqual([
      ['ann', { outer: 'yes', inner: 'ann' }, 'handled'],
      ['bob', { outer: 'yes', inner: 'bob' }, 'handled'],
    ]);
  });
});

it('@TrackException() and @Cron() make one event of a run, whichever stands first, and keep the name', async () => {
  running = await startApp({ imports: [ScheduleModule.forRoot()], providers: [Work] });
  expect([...running.app.get(SchedulerRegistry).getCronJobs().keys()].sort()).toEqual(['above', 'below']);
  await eventually(async () => {
    const titles = (await captured()).map(({ issue }) => issue.title);
    expect(titles.sort()).toEqual(['cron above broke', 'cron below broke']);
  });
  for (const job of running.app.get(SchedulerRegistry).getCronJobs().values()) await job.stop();
  const logged = running.logger.lines.filter(({ context }) => context === 'Scheduler').length;
  const counts = (await captured()).map(({ issue }) => issue.eventCount);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(logged);
});
