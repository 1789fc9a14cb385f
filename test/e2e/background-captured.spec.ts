import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Injectable, Scope } from '@nestjs/common';
import {
  CommandBus,
  CommandHandler,
  CqrsModule,
  EventBus,
  EventsHandler,
  Saga,
  type ICommandHandler,
  type IEventHandler,
} from '@nestjs/cqrs';
import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { Cron, Interval, ScheduleModule, SchedulerRegistry, Timeout } from '@nestjs/schedule';
import { map, type Observable } from 'rxjs';
import { ErrorTrackerModule, ErrorTrackerService, IgnoreExceptions } from '../../lib/index.js';
import { sqlite, startApp, type Captured, type TestApp, type TestAppOptions } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';

let running: TestApp;
afterEach(() => running.close());

const start = async (options: TestAppOptions): Promise<TestApp> => (running = await startApp(options));

const captured = (app: TestApp = running): Promise<readonly Captured[]> => app.captured();

/** Waits for the only issue there is to be. */
async function theOnly(app: TestApp = running): Promise<Captured> {
  await eventually(async () => {
    expect(await captured(app)).toHaveLength(1);
  });
  return (await captured(app))[0]!;
}

/** Lines of the application, each once: schedules repeat them as long as the application runs. */
function logged(context: string): string[] {
  const lines = running.logger.sinceStart.filter((line) => line.context === context);
  return [...new Set(lines.map(({ level, text }) => `${level} ${text.split('\n', 1).join('')}`))];
}

describe('@nestjs/schedule', () => {
  @Injectable()
  class Schedules {
    readonly name = 'schedules';
    runs = 0;

    @Cron('* * * * * *', { name: 'nightly' })
    cron(): void {
      throw new Error(`cron broke in ${this.name}`);
    }
  }

  @Injectable()
  class Intervals {
    @Interval('poll', 20)
    async poll(): Promise<void> {
      await Promise.resolve();
      throw new Error('poll broke');
    }
  }

  @Injectable()
  class Timeouts {
    calls = 0;

    @Timeout('once', 5)
    once(): void {
      this.calls += 1;
      throw new Error('once broke');
    }

    @Timeout(5)
    fine(): string {
      this.calls += 100;
      return 'fine';
    }
  }

  abstract class Base {
    @Interval('inherited', 20)
    inherited(): void {
      throw new Error('inherited broke');
    }
  }

  @Injectable()
  class Derived extends Base {}

  const imports = [ScheduleModule.forRoot()];

  it.each([
    [Schedules, 'nightly', 'cron', 'cron broke in schedules'],
    [Intervals, 'poll', 'interval', 'poll broke'],
    [Timeouts, 'once', 'timeout', 'once broke'],
    [Derived, 'inherited', 'interval', 'inherited broke'],
  ])('captures what a method of %p fails with, and lets Nest log it', async (type, name, kind, title) => {
    await start({ imports: [ScheduleModule.forRoot()], providers: [type], tracker: false });
    await eventually(() => {
      expect(logged('Scheduler')).toHaveLength(1);
    });
    const bare = logged('Scheduler');
    await running.close();

    await start({ imports: [ScheduleModule.forRoot()], providers: [type] });
    const { issue, event } = await theOnly();
    expect(issue).toMatchObject({ title, source: 'cron', handled: false, level: 'error' });
    expect(event).toMatchObject({ transaction: name, contexts: { schedule: { kind, name } } });
    expect(logged('Scheduler')).toEqual(bare);
    expect(bare).toEqual([`error Error: ${title}`]);
  });

  it('keeps names, calls each method once, and lets jobs be removed', async () => {
    await start({ imports, providers: [Schedules, Intervals, Timeouts] });
    const registry = running.app.get(SchedulerRegistry);
    expect([...registry.getCronJobs().keys()]).toEqual(['nightly']);
    expect(registry.getIntervals()).toEqual(['poll']);
    expect(registry.getTimeouts()).toContain('once');
    await eventually(() => {
      expect(running.app.get(Timeouts).calls).toBe(101);
    });
    registry.deleteInterval('poll');
    registry.deleteCronJob('nightly');
    expect([registry.getIntervals(), registry.getCronJobs().size]).toEqual([[], 0]);
  });

  it('watches what factories and values provide', async () => {
    await start({
      imports,
      providers: [
        { provide: 'made', useFactory: () => new Intervals() },
        { provide: 'given', useValue: new Timeouts() },
      ],
    });
    await eventually(async () => {
      expect((await captured()).map(({ issue }) => issue.title).sort()).toEqual(['once broke', 'poll broke']);
    });
  });
});

class StockError extends Error {}

@Injectable()
class Listener {
  seen: string[] = [];

  @OnEvent('order.paid')
  @OnEvent('order.refunded')
  twice(payload: { id: number }): void {
    this.seen.push(`order ${payload.id}`);
    throw new Error('listener broke');
  }

  @OnEvent('order.shipped', { suppressErrors: false })
  async loud(): Promise<void> {
    await Promise.resolve();
    throw new Error('loud listener broke');
  }

  @OnEvent('order.ignored')
  @IgnoreExceptions(StockError)
  ignored(): void {
    throw new StockError('no stock');
  }
}

@Injectable()
class Ticker {
  @Interval(20)
  tick(): void {
    throw new Error('tick broke');
  }
}

describe('@nestjs/event-emitter', () => {
  const imports = [EventEmitterModule.forRoot()];

  @Injectable({ scope: Scope.REQUEST })
  class ScopedListener {
    @OnEvent('scoped')
    scoped(): void {
      throw new Error('scoped listener broke');
    }
  }

  @Controller()
  class OrdersController {
    constructor(
      private readonly emitter: EventEmitter2,
      readonly tracker: ErrorTrackerService,
    ) {}

    @Get('pay')
    pay(): string {
      this.tracker.setTag('shop', 'berlin');
      this.emitter.emit('order.paid', { id: 7 });
      return 'paid';
    }
  }

  const emitter = (): EventEmitter2 => running.app.get(EventEmitter2);

  it('captures what a listener fails with, under all of its names, and keeps every registration', async () => {
    const lines: string[][] = [];
    for (const tracker of [false, {}] as const) {
      await start({ imports, providers: [Listener], tracker });
      emitter().emit('order.paid', { id: 1, password: 'hunter2' });
      emitter().emit('order.refunded', { id: 2 });
      await eventually(() => {
        expect(running.app.get(Listener).seen).toEqual(['order 1', 'order 2']);
        expect(logged('Event')).toHaveLength(1);
      });
      lines.push(logged('Event'));
      if (tracker === false) await running.close();
    }
    expect(lines[1]).toEqual(lines[0]);
    const { issue } = await theOnly();
    expect(issue).toMatchObject({ title: 'listener broke', eventCount: 2, source: 'event', handled: false });
    const { items } = await running.store.findEvents(issue.id, 2);
    expect(items.at(-1)?.event).toMatchObject({
      transaction: 'order.refunded | order.paid',
      contexts: { event: { payload: { id: 1, password: '[masked]' } } },
    });
  });

  it('leaves an error that is not to be suppressed to the emitter', async () => {
    await start({ imports, providers: [Listener] });
    await expect(emitter().emitAsync('order.shipped')).rejects.toThrow('loud listener broke');
    expect((await theOnly()).issue).toMatchObject({ title: 'loud listener broke', eventCount: 1 });
  });

  it('heeds what stands on the listener', async () => {
    await start({ imports, providers: [Listener] });
    emitter().emit('order.ignored');
    emitter().emit('order.paid', { id: 1 });
    expect((await theOnly()).issue.title).toBe('listener broke');
  });

  it('watches listeners that are made for each event', async () => {
    await start({ imports, providers: [ScopedListener] });
    emitter().emit('scoped');
    expect((await theOnly()).issue).toMatchObject({ title: 'scoped listener broke', eventCount: 1 });
  });

  it('knows the request that an event was emitted in, and leaves its response alone', async () => {
    await start({ imports, providers: [Listener], controllers: [OrdersController] });
    expect(await http(`${running.url}/pay`)).toMatchObject({ status: 200, body: 'paid' });
    const { event } = await theOnly();
    expect(event).toMatchObject({ source: 'event', request: { url: '/pay' }, tags: { shop: 'berlin' } });
  });

  it('tells two applications apart that share a class', async () => {
    await start({ imports: [EventEmitterModule.forRoot()], providers: [Listener] });
    const other = await startApp({ imports: [EventEmitterModule.forRoot()], providers: [Listener] });
    try {
      emitter().emit('order.paid', { id: 1 });
      expect((await theOnly()).issue.eventCount).toBe(1);
      expect(await captured(other)).toEqual([]);
      other.app.get(EventEmitter2).emit('order.paid', { id: 2 });
      expect((await theOnly(other)).issue.eventCount).toBe(1);
    } finally {
      await other.close();
    }
    emitter().emit('order.paid', { id: 3 });
    await eventually(async () => {
      expect((await captured())[0]?.issue.eventCount).toBe(2);
    });
  });
});

describe('@nestjs/cqrs', () => {
  class Paid {
    constructor(readonly id: number) {}
  }
  class Packed {}
  class Broken {}
  class Ship {}
  class Refund {}

  @EventsHandler(Paid)
  class PaidHandler implements IEventHandler<Paid> {
    handle(event: Paid): void {
      throw new Error(`could not book ${event.id}`);
    }
  }

  @CommandHandler(Ship)
  class ShipHandler implements ICommandHandler<Ship> {
    async execute(): Promise<void> {
      throw new Error('could not ship');
    }
  }

  @CommandHandler(Refund)
  class RefundHandler implements ICommandHandler<Refund> {
    async execute(): Promise<void> {
      throw new Error('could not refund');
    }
  }

  @Injectable()
  class Sagas {
    @Saga()
    shipping = (events: Observable<unknown>): Observable<Ship> =>
      events.pipe(
        map((event) => {
          if (event instanceof Broken) throw new Error('saga broke');
          return event instanceof Packed ? new Ship() : (undefined as never);
        }),
      );
  }

  @Controller()
  class RefundController {
    constructor(private readonly commands: CommandBus) {}

    @Get('refund')
    refund(): Promise<void> {
      return this.commands.execute(new Refund());
    }
  }

  const setUp = (): Promise<TestApp> =>
    start({
      imports: [CqrsModule.forRoot()],
      providers: [PaidHandler, ShipHandler, RefundHandler, Sagas],
      controllers: [RefundController],
    });

  it.each([
    ['an event handler', new Paid(7), 'could not book 7', 'Paid'],
    ['a command that a saga triggers', new Packed(), 'could not ship', 'Ship'],
    ['a saga', new Broken(), 'saga broke', 'shipping'],
  ])('captures what %s fails with', async (_name, event, title, transaction) => {
    await setUp();
    running.app.get(EventBus).publish(event);
    const { issue, event: stored } = await theOnly();
    expect(issue).toMatchObject({ title, source: 'event', handled: false, eventCount: 1 });
    expect(stored.transaction).toBe(transaction);
  });

  it('leaves the exception of a command to whoever executes it', async () => {
    await setUp();
    expect((await http(`${running.url}/refund`)).status).toBe(500);
    const { issue, event } = await theOnly();
    expect(issue).toMatchObject({ title: 'could not refund', source: 'http', eventCount: 1 });
    expect(event.request?.url).toBe('/refund');
  });
});

it('asks for no order of imports', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
  await start({
    imports: [
      EventEmitterModule.forRoot(),
      ScheduleModule.forRoot(),
      CqrsModule.forRoot(),
      // Neither first, nor known to everybody.
      ErrorTrackerModule.forRoot({ isGlobal: false, database: sqlite(join(folder, 'errors.sqlite')) }),
    ],
    providers: [Listener, Ticker],
    tracker: false,
  });
  running.app.get(EventEmitter2).emit('order.paid', { id: 1 });
  await eventually(async () => {
    const titles = (await captured()).map(({ issue }) => issue.title);
    expect(titles.sort()).toEqual(['listener broke', 'tick broke']);
  });
  rmSync(folder, { recursive: true, force: true });
});
