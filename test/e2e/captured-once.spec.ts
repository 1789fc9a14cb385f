import {
  Catch,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  InternalServerErrorException,
  Res,
  UseFilters,
  UseGuards,
  UseInterceptors,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { catchError, type Observable } from 'rxjs';
import { ErrorTrackerService, TrackException } from '../../lib/index.js';
import { PLATFORMS, startApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { http } from '../support/http.js';

class KnownError extends Error {}

@Injectable()
class Guard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Injectable()
class AfterHandler implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: Error) => {
        throw new InternalServerErrorException('wrapped', { cause: error });
      }),
    );
  }
}

@Catch(KnownError)
class AnswersTeapot implements ExceptionFilter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(_exception: unknown, host: ArgumentsHost): void {
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { known: true }, 418);
  }
}

@Catch()
class HidesEverything implements ExceptionFilter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { hidden: true }, status);
  }
}

@Injectable()
class Jobs {
  constructor(private readonly tracker: ErrorTrackerService) {}

  @TrackException()
  async run(): Promise<void> {
    await Promise.resolve();
    throw new Error('job broke');
  }

  byHand(): string | undefined {
    try {
      throw new Error('handled by hand');
    } catch (error) {
      return this.tracker.capture(error, { tags: { step: 'charge' } });
    }
  }
}

abstract class Inherited {
  @Get('hidden-local')
  @UseFilters(HidesEverything)
  hiddenLocally(): never {
    throw new Error('hidden locally');
  }
}

@Controller()
class DoorsController extends Inherited {
  constructor(
    private readonly jobs: Jobs,
    private readonly adapterHost: HttpAdapterHost,
  ) {
    super();
  }

  @Get('handler/:id')
  handler(): never {
    throw new Error('handler broke');
  }

  @Get('guard')
  @UseGuards(Guard)
  guard(): void {
    /* never reached */
  }

  @Get('wrapped')
  @UseInterceptors(AfterHandler)
  wrapped(): never {
    throw new Error('inner');
  }

  @Get('primitive')
  primitive(): never {
    throw 'primitive broke';
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException();
  }

  @Get('unavailable')
  unavailable(): never {
    throw new HttpException('later', 503);
  }

  @Get('known')
  known(): never {
    throw new KnownError('known');
  }

  @Get('known-local')
  @UseFilters(AnswersTeapot)
  knownLocal(): never {
    throw new KnownError('known');
  }

  @Get('job')
  job(): Promise<void> {
    return this.jobs.run();
  }

  @Get('by-hand')
  byHand(): { id: string | undefined } {
    return { id: this.jobs.byHand() };
  }

  @Get('returned')
  returned(@Res() response: unknown): void {
    this.adapterHost.httpAdapter.reply(response, { maintenance: true }, 503);
  }
}

@Controller()
class PlainController {
  @Get('plain')
  @UseFilters(AnswersTeapot)
  plain(): void {
    /* answers nothing */
  }
}

const app = (options: TestAppOptions): Promise<TestApp> =>
  startApp({ controllers: [DoorsController], ...options, providers: [Jobs, ...(options.providers ?? [])] });

describe.each(PLATFORMS)('on %s', (platform) => {
  let running: TestApp;
  afterEach(() => running.close());

  it.each([
    ['handler/7', 'Error', 'GET /handler/:id'],
    ['guard', 'Error', 'GET /guard'],
    ['wrapped', 'InternalServerErrorException', 'GET /wrapped'],
    ['primitive', 'NonError', 'GET /primitive'],
    ['unavailable', 'HttpException', 'GET /unavailable'],
    ['job', 'Error', 'Jobs.run'],
  ])('captures what breaks in /%s once, as unhandled', async (path, type, transaction) => {
    running = await app({ platform });
    await http(`${running.url}/${path}`);
    const issues = await running.allIssues();
    expect(issues.map((issue) => [issue.type, issue.eventCount, issue.source, issue.handled])).toEqual([
      [type, 1, 'http', false],
    ]);
    const { items } = await running.store.findEvents(issues[0]?.id ?? 0, 10);
    expect(items[0]?.event.transaction).toBe(transaction);
    expect(items[0]?.event.request).toMatchObject({ method: 'GET', url: `/${path}` });
  });

  it('shows the source lines around the throw', async () => {
    running = await app({ platform });
    await http(`${running.url}/handler/7`);
    const [issue] = await running.allIssues();
    const { items } = await running.store.findEvents(issue?.id ?? 0, 1);
    expect(items[0]?.event.exceptions[0]?.frames[0]).toMatchObject({
      file: 'test/e2e/captured-once.spec.ts',
      context: {
        line: "    throw new Error('handler broke');",
        before: expect.arrayContaining([expect.any(String)]),
      },
    });
  });

  it.each(['forbidden', 'nowhere', 'known-local'])('captures nothing of /%s', async (path) => {
    running = await app({ platform });
    await http(`${running.url}/${path}`);
    expect(await running.allIssues()).toEqual([]);
  });

  it('leaves an exception alone that a global filter of the application answers below 500', async () => {
    running = await app({ platform, providers: [{ provide: APP_FILTER, useClass: AnswersTeapot }] });
    expect((await http(`${running.url}/known`)).status).toBe(418);
    expect(await running.allIssues()).toEqual([]);
  });

  it('captures what a catch-all filter of the application hides, if the client saw a 5xx', async () => {
    running = await app({ platform, providers: [{ provide: APP_FILTER, useClass: HidesEverything }] });
    expect((await http(`${running.url}/handler/7`)).body).toBe('{"hidden":true}');
    await http(`${running.url}/forbidden`);
    const issues = await running.allIssues();
    expect(issues.map(({ title, eventCount }) => [title, eventCount])).toEqual([['handler broke', 1]]);
    const told = running.logger.lines.filter(({ text }) => text.includes('takes every exception'));
    expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/^HidesEverything /)]);
  });

  it('captures what a catch-all filter on a method hides', async () => {
    running = await app({ platform });
    expect((await http(`${running.url}/hidden-local`)).body).toBe('{"hidden":true}');
    expect((await running.allIssues()).map(({ title }) => title)).toEqual(['hidden locally']);
  });

  it('says nothing of filters that take only what they name', async () => {
    running = await startApp({
      platform,
      providers: [Jobs, { provide: APP_FILTER, useClass: AnswersTeapot }],
      controllers: [PlainController],
    });
    expect(running.logger.lines.filter(({ text }) => text.includes('takes every exception'))).toEqual([]);
  });

  it('captures a 5xx that was returned and not thrown', async () => {
    running = await app({ platform });
    await http(`${running.url}/returned`);
    const issues = await running.allIssues();
    expect(issues.map(({ title, source }) => [title, source])).toEqual([
      ['response 503 Service Unavailable', 'http'],
    ]);
  });

  it('captures by hand, as handled, and returns an id that finds the event', async () => {
    running = await app({ platform });
    const { id } = JSON.parse((await http(`${running.url}/by-hand`)).body) as { id: string };
    const [issue] = await running.allIssues();
    expect(issue).toMatchObject({
      title: 'handled by hand',
      handled: true,
      source: 'manual',
      level: 'warning',
    });
    const stored = await running.store.getEvent(id);
    expect(stored?.event.tags).toEqual({ step: 'charge' });
    expect(stored?.event.request?.url).toBe('/by-hand');
  });

  it('sends the event id in a response header when asked to', async () => {
    running = await app({ platform, tracker: { capture: { errorIdHeader: 'X-Error-Id' } } });
    const { headers } = await http(`${running.url}/handler/7`);
    await running.allIssues();
    expect(await running.store.getEvent(String(headers['x-error-id']))).toBeDefined();
  });

  it('captures the statuses it is told to', async () => {
    running = await app({ platform, tracker: { capture: { httpStatus: [403] } } });
    await http(`${running.url}/forbidden`);
    await http(`${running.url}/unavailable`);
    expect((await running.allIssues()).map(({ type }) => type)).toEqual(['ForbiddenException']);
  });

  it('ignores exceptions by class, name, message and predicate', async () => {
    running = await app({
      platform,
      tracker: { capture: { ignore: [KnownError, 'HttpException', /guard/] } },
    });
    for (const path of ['known', 'unavailable', 'guard', 'handler/1']) await http(`${running.url}/${path}`);
    expect((await running.allIssues()).map(({ title }) => title)).toEqual(['handler broke']);
  });
});
