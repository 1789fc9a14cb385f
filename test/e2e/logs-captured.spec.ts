import { Controller, Get, Injectable, Logger, type LoggerService } from '@nestjs/common';
import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { Writable } from 'node:stream';
import pino from 'pino';
import winston from 'winston';
import {
  ErrorTrackerLogger,
  ErrorTrackerTransport,
  pinoHooks,
  type ErrorEvent,
  type ErrorTrackerOptions,
  type Issue,
} from '../../lib/index.js';
import { startApp, type Captured, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/http.js';
import { RecordingLogger } from '../support/recording-logger.js';

@Injectable()
class Listener {
  @OnEvent('paid')
  paid(): void {
    throw new Error('listener broke');
  }
}

@Controller()
class LoggingController {
  private readonly logger = new Logger('Orders');

  @Get('throws')
  throws(): never {
    this.logger.debug('looking');
    this.logger.warn('stock is low');
    throw new Error('handler broke');
  }

  @Get('throws-text')
  throwsText(): never {
    throw 'out of lamps' as unknown as Error;
  }

  @Get('throws-object')
  throwsObject(): never {
    throw { code: 'E_IMPORT', line: 7 } as unknown as Error;
  }

  @Get('logs-and-throws')
  logsAndThrows(): void {
    try {
      throw new TypeError('logged and thrown');
    } catch (error) {
      this.logger.error((error as Error).message, (error as Error).stack);
      throw error;
    }
  }

  @Get('logs')
  logs(): string {
    this.logger.log('beginning');
    this.logger.error('the response is fine all the same');
    return 'fine';
  }
}

let running: TestApp;
let inner: RecordingLogger;
afterEach(() => running.close());

async function start(
  capture: ErrorTrackerOptions['capture'] = {},
  options: Partial<ErrorTrackerOptions> = {},
  logger: LoggerService = (inner = new RecordingLogger()),
): Promise<Logger> {
  running = await startApp({
    imports: [EventEmitterModule.forRoot()],
    controllers: [LoggingController],
    providers: [Listener],
    tracker: { capture, ...options },
    prepare: (app) => {
      app.useLogger(new ErrorTrackerLogger(logger));
    },
  });
  return new Logger('Test');
}

const captured = (): Promise<readonly Captured[]> => running.captured();

async function theOnly(): Promise<{ issue: Issue; event: ErrorEvent }> {
  await eventually(async () => {
    expect(await captured()).toHaveLength(1);
  });
  return (await captured())[0]!;
}

const thrown = (): Error => {
  try {
    throw new RangeError('out of stock');
  } catch (error) {
    return error as Error;
  }
};

describe('ErrorTrackerLogger', () => {
  it('hands every line on as it is', async () => {
    const calls: unknown[][] = [];
    const record =
      (level: string) =>
      (...args: unknown[]): void =>
        void calls.push([level, ...args]);
    const levels = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const;
    const recorder = Object.fromEntries(
      levels.map((level) => [level, record(level)]),
    ) as unknown as LoggerService;
    const logger = await start({}, {}, recorder);
    calls.length = 0;
    const error = thrown();
    for (const level of levels) logger[level]('a line', { id: 7 });
    logger.error('failed', error.stack);
    logger.error(error);
    expect(calls).toEqual([
      ...levels.map((level) => [level, 'a line', { id: 7 }, 'Test']),
      ['error', 'failed', error.stack, 'Test'],
      ['error', error, undefined, 'Test'],
    ]);
  });

  it.each([
    ['an exception', (logger: Logger) => logger.error(thrown())],
    ['a message and an exception', (logger: Logger) => logger.error('failed', thrown())],
    ['a message and a stack', (logger: Logger) => logger.error('out of stock', thrown().stack)],
  ])('makes an event with real frames of %s', async (_name, log) => {
    log(await start());
    const { issue, event } = await theOnly();
    expect(issue).toMatchObject({ type: 'RangeError', title: 'out of stock', source: 'log', level: 'error' });
    expect(event).toMatchObject({ severityReason: 'log-level', handled: true, transaction: 'Test' });
    expect(event.exceptions[0]?.frames[0]).toMatchObject({
      file: 'test/e2e/logs-captured.spec.ts',
      function: 'thrown',
      inApp: true,
    });
  });

  it('makes events of messages, as severe as their level', async () => {
    const logger = await start();
    logger.error('order 17 is lost');
    logger.error('order 18 is lost');
    logger.fatal('no disk');
    await eventually(async () => {
      expect(
        (await captured()).map(({ issue }) => [issue.title, issue.level, issue.eventCount]).sort(),
      ).toEqual([
        ['no disk', 'fatal', 1],
        ['order 18 is lost', 'error', 2],
      ]);
    });
  });

  it('makes breadcrumbs of milder lines, of the request that they belong to', async () => {
    await start();
    await Promise.all([http(`${running.url}/logs`), http(`${running.url}/throws`)]);
    await eventually(async () => {
      expect(await captured()).toHaveLength(2);
    });
    const crumbs = new Map(
      (await captured()).map(({ event }) => [
        event.request?.url,
        event.breadcrumbs.map(({ type, level, message }) => [type, level, message]),
      ]),
    );
    expect(crumbs.get('/throws')).toEqual([
      ['log', 'info', 'looking'],
      ['log', 'warning', 'stock is low'],
    ]);
    expect(crumbs.get('/logs')).toEqual([['log', 'info', 'beginning']]);
  });

  it('makes no second event of what Nest logs about an exception that another door has', async () => {
    await start();
    await http(`${running.url}/throws`);
    running.app.get(EventEmitter2).emit('paid');
    await eventually(() => {
      expect(inner.lines.map(({ context }) => context)).toEqual(
        expect.arrayContaining(['ExceptionsHandler', 'Event']),
      );
    });
    expect(
      (await captured()).map(({ issue }) => [issue.title, issue.source, issue.eventCount]).sort(),
    ).toEqual([
      ['handler broke', 'http', 1],
      ['listener broke', 'event', 1],
    ]);
  });

  it('makes one event of what is logged and then thrown, every time', async () => {
    await start();
    for (let time = 0; time < 3; time++) await http(`${running.url}/logs-and-throws`);
    const { issue, event } = await theOnly();
    expect([issue.title, issue.eventCount]).toEqual(['logged and thrown', 3]);
    expect(event.request?.url).toBe('/logs-and-throws');
  });

  it.each([
    ['text', 'out of lamps'],
    ['object', 'object with keys code, line'],
  ])('makes one event of a thrown %s that Nest logs as well', async (what, title) => {
    await start();
    await http(`${running.url}/throws-${what}`);
    const all = await captured();
    expect(all.map(({ issue, event }) => [issue.title, issue.eventCount, event.source])).toEqual([
      [title, 1, 'http'],
    ]);
    expect(inner.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('heeds levels and contexts', async () => {
    await start({
      logger: { level: 'warn', breadcrumbs: false, contexts: ['Test', /^Order/], ignoreContexts: ['Orders'] },
    });
    new Logger('Test').warn('a warning');
    new Logger('Test').log('no event');
    new Logger('Orders').error('not looked at');
    new Logger('Elsewhere').error('not looked at either');
    const { issue, event } = await theOnly();
    expect(issue).toMatchObject({ title: 'a warning', level: 'warning' });
    expect(event.breadcrumbs).toEqual([]);
  });

  it.each([
    ['sync', () => undefined],
    ['async', () => new Promise<undefined>((resolve) => setTimeout(resolve, 5, undefined))],
  ])('does not loop where a hook logs an error (%s)', async (_name, pause) => {
    let calls = 0;
    const beforeCapture = async (): Promise<undefined> => {
      calls += 1;
      new Logger('Hook').error('a hook logs');
      await pause();
      new Logger('Hook').error('and logs again');
    };
    const logger = await start({}, { beforeCapture });
    logger.error('once');
    expect((await theOnly()).issue.title).toBe('once');
    expect(calls).toBe(1);
  });

  it('keeps off what the tracker says of itself', async () => {
    const logger = await start();
    new Logger('ErrorTracker').error('about itself');
    logger.error('once');
    expect((await theOnly()).issue.title).toBe('once');
  });

  it('lets the application have the failure of its own logger', async () => {
    const broken = new RecordingLogger();
    const logger = await start({}, {}, broken);
    broken.error = () => {
      throw new Error('no disk for the log');
    };
    expect(() => {
      logger.error('a line');
    }).toThrow('no disk for the log');
    expect((await theOnly()).issue.title).toBe('a line');
  });
});

describe('pinoHooks()', () => {
  it('makes events and writes what pino would', async () => {
    await start();
    const error = thrown();
    const write = (hooks: object): string[] => {
      const lines: string[] = [];
      const stream = new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString());
          done();
        },
      });
      const logger = pino({ ...hooks, timestamp: false, base: null }, stream);
      logger.info('a line');
      logger.child({ order: 7 }).error({ err: error, context: 'Orders' }, 'order %d failed', 7);
      logger.fatal(error);
      logger.error({ order: 7 }, 'no exception');
      return lines;
    };
    expect(write({ hooks: pinoHooks() })).toEqual(write({}));
    await eventually(async () => {
      const said = (await captured()).map(({ issue, event }) => [issue.title, issue.source, event.severity]);
      expect(said.sort()).toEqual([
        ['no exception', 'log', 'error'],
        ['out of stock', 'log', 'error'],
      ]);
    });
  });
});

describe('ErrorTrackerTransport', () => {
  it('makes events of what winston logs', async () => {
    await start();
    const logger = winston.createLogger({ transports: [new ErrorTrackerTransport()] });
    logger.info('a line');
    logger.child({ context: 'Orders' }).error('order failed', thrown());
    logger.error('no exception');
    logger.warn('no event');
    await eventually(async () => {
      const said = (await captured()).map(({ issue, event }) => [
        issue.title,
        event.severity,
        event.transaction,
      ]);
      expect(said.sort()).toEqual([
        ['no exception', 'error', undefined],
        ['out of stock', 'error', 'Orders'],
      ]);
    });
  });
});
