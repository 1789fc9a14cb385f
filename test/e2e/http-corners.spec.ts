import {
  Body,
  Catch,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  NotFoundException,
  Post,
  Res,
  StreamableFile,
  UseGuards,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
} from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { get, request } from 'node:http';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import {
  ErrorTracking,
  IgnoreExceptions,
  Notifier,
  SensitiveBody,
  TrackException,
  type Alert,
} from '../../lib/index.js';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { http, postJson } from '../support/http.js';

@Injectable()
class BrokenGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Catch()
class TrackedCatchAll implements ExceptionFilter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  @TrackException()
  catch(exception: unknown, host: ArgumentsHost): void {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { hidden: true }, status);
  }
}

let streams: Readable[] = [];

@Controller()
class CornersController {
  @Get('guard')
  @UseGuards(BrokenGuard)
  guard(): void {
    /* never reached */
  }

  @Get('handler')
  handler(): never {
    throw new Error('handler broke');
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException();
  }

  @Get('guarded-quietly')
  @ErrorTracking({ enabled: false })
  @UseGuards(BrokenGuard)
  guardedQuietly(): void {
    /* never reached */
  }

  @Get('too-late')
  tooLate(@Res() response: { raw?: ServerResponse } & ServerResponse): never {
    const raw = response.raw ?? response;
    raw.writeHead(200, { 'content-type': 'text/plain' });
    raw.write('begun');
    setTimeout(() => raw.destroy(), 50);
    throw new Error('after the headers');
  }

  @Get('endless')
  endless(): StreamableFile {
    const stream = new Readable({
      read() {
        setTimeout(() => this.push('more '), 5);
      },
    });
    streams.push(stream);
    return new StreamableFile(stream);
  }
}

class StockError extends Error {}

@Controller('quiet')
@IgnoreExceptions(StockError)
class QuietController {
  @Get('ignored')
  ignored(): never {
    throw new Error('outer', { cause: new StockError('none left') });
  }

  @Get('other')
  other(): never {
    throw new Error('not ignored');
  }

  @Get('guarded')
  @ErrorTracking({ enabled: false })
  @UseGuards(BrokenGuard)
  guarded(): void {
    /* never reached */
  }

  @Get('missing')
  @ErrorTracking({ httpStatus: [404], rules: [{ match: NotFoundException, severity: 'info' }] })
  missing(): never {
    throw new NotFoundException('tracked here');
  }
}

@Controller('orders')
class OrdersController {
  @Post()
  order(@Body() body: unknown): unknown {
    return body;
  }
}

@Controller('private')
@SensitiveBody('diagnosis')
class PrivateController {
  @Post('field')
  field(): never {
    throw new Error('field broke');
  }

  @Post('all')
  @SensitiveBody()
  all(): never {
    throw new Error('all broke');
  }

  @Post('guarded')
  @UseGuards(BrokenGuard)
  guarded(): void {
    /* never reached */
  }
}

const alerted: string[] = [];

@Injectable()
class Recorder extends Notifier {
  readonly name = 'recorder';
  async notify({ issue }: Alert): Promise<void> {
    alerted.push(issue.type);
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let running: TestApp;
  beforeEach(() => {
    streams = [];
  });
  afterEach(() => running.close());

  const titles = async (): Promise<string[]> =>
    (await running.allIssues()).map(({ title, eventCount }) => `${title} ×${eventCount}`).sort();

  it('captures everything that a catch-all filter under @TrackException() takes, guards included', async () => {
    running = await startApp({
      platform,
      controllers: [CornersController],
      providers: [{ provide: APP_FILTER, useClass: TrackedCatchAll }],
    });
    for (const path of ['guard', 'handler', 'forbidden']) {
      expect((await http(`${running.url}/${path}`)).body).toBe('{"hidden":true}');
    }
    expect(await titles()).toEqual(['guard broke ×1', 'handler broke ×1']);
    const guard = (await running.allIssues()).find(({ title }) => title === 'guard broke');
    const { items } = await running.store.findEvents(guard?.id ?? 0, 1);
    expect(items[0]?.event.request?.url).toBe('/guard');
    expect(items[0]?.event.exceptions[0]?.frames.length).toBeGreaterThan(0);
    expect(running.logger.lines.filter(({ text }) => text.includes('takes every exception'))).toEqual([]);
  });

  it('captures once what is thrown after the headers were sent', async () => {
    running = await startApp({ platform, controllers: [CornersController] });
    const answer = await http(`${running.url}/too-late`);
    expect([answer.status, answer.body]).toEqual([200, 'begun']);
    await eventually(async () => {
      expect(await titles()).toEqual(['after the headers ×1']);
    });
  });

  it('does not take a client that leaves for a failure', async () => {
    running = await startApp({ platform, controllers: [CornersController] });
    await new Promise<void>((resolve, reject) => {
      const download = get(`${running.url}/endless`, { agent: false }, (response) => {
        response.once('data', () => {
          download.destroy();
          resolve();
        });
      });
      download.once('error', reject);
    });
    await eventually(() => {
      expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
    });
    expect(await titles()).toEqual([]);
  });

  it('does not take an upload that breaks off for a failure', async () => {
    running = await startApp({ platform, controllers: [CornersController, OrdersController] });
    await new Promise<void>((resolve) => {
      const upload = request(`${running.url}/orders`, {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', 'content-length': 1000 },
      });
      upload.once('error', () => {
        resolve();
      });
      upload.write('{"half":', () => upload.destroy(new Error('left')));
    });
    await http(`${running.url}/handler`);
    expect(await titles()).toEqual(['handler broke ×1']);
  });

  it('tracks unknown routes and refusals where their statuses are named', async () => {
    running = await startApp({
      platform,
      controllers: [CornersController],
      tracker: { capture: { httpStatus: [404, 403] } },
    });
    for (const path of ['nowhere/1', 'nowhere/2', 'forbidden', 'handler'])
      await http(`${running.url}/${path}`);
    expect((await titles()).map((title) => title.replace(/nowhere\/\d/, 'nowhere/n'))).toEqual([
      'Cannot GET /nowhere/n ×2',
      'Forbidden ×1',
    ]);
  });

  it('heeds what stands on the controller and the method, also where a guard fails', async () => {
    running = await startApp({ platform, controllers: [CornersController, QuietController] });
    for (const path of ['ignored', 'other', 'guarded', 'missing']) await http(`${running.url}/quiet/${path}`);
    await http(`${running.url}/guarded-quietly`);
    expect(await titles()).toEqual(['not ignored ×1', 'tracked here ×1']);
    expect((await running.allIssues()).find(({ title }) => title === 'tracked here')?.level).toBe('info');
  });

  it('hides the fields of a body that its handler calls sensitive', async () => {
    running = await startApp({ platform, controllers: [PrivateController] });
    for (const path of ['field', 'all', 'guarded']) {
      await postJson(`${running.url}/private/${path}`, { diagnosis: 'a secret', note: 'seen' });
    }
    const issues = await running.allIssues();
    const bodies = await Promise.all(
      issues.map(async ({ title, id }) => [
        title,
        (await running.store.findEvents(id, 1)).items[0]?.event.request?.body,
      ]),
    );
    expect(bodies.sort()).toEqual([
      ['all broke', '[masked]'],
      ['field broke', { diagnosis: '[masked]', note: 'seen' }],
      ['guard broke', { diagnosis: '[masked]', note: 'seen' }],
    ]);
  });

  it('applies rules by class and status, and says why an event is as severe as it is', async () => {
    running = await startApp({
      platform,
      controllers: [CornersController],
      tracker: {
        capture: {
          rules: [
            { match: ForbiddenException, severity: 'warning', fingerprint: ['forbidden'] },
            { match: /guard/, action: 'ignore' },
          ],
        },
      },
    });
    for (const path of ['guard', 'handler', 'forbidden']) await http(`${running.url}/${path}`);
    const events = await Promise.all(
      (await running.allIssues()).map(
        async ({ id }) => (await running.store.findEvents(id, 1)).items[0]?.event,
      ),
    );
    const said = events.map((event) => [event?.exceptions[0]?.type, event?.severity, event?.severityReason]);
    expect(said.sort()).toEqual([
      ['Error', 'error', 'unhandled'],
      ['ForbiddenException', 'warning', 'rule'],
    ]);
  });

  it('captures nothing outside of the environments that were named', async () => {
    running = await startApp({
      platform,
      controllers: [CornersController],
      tracker: { environment: 'staging', environments: ['production'] },
    });
    await http(`${running.url}/handler`);
    expect(running.tracker.capture(new Error('by hand'))).toBeUndefined();
    expect(await titles()).toEqual([]);
    expect((await http(`${running.url}/errors`)).status).toBe(200);
  });

  it('counts what the sample rate leaves out', async () => {
    running = await startApp({
      platform,
      controllers: [CornersController],
      tracker: { capture: { sampleRate: 0 } },
    });
    await http(`${running.url}/handler`);
    expect(await titles()).toEqual([]);
    expect(running.tracker.health()).toMatchObject({ status: 'ok', dropped: {}, leftOut: { sampled: 1 } });
  });

  it.each([
    ['no word of hostile input', [], ['Error']],
    ['what a rule says of hostile input', [{ match: 400, alert: true }], ['Error', expect.any(String)]],
    ['no word where a rule says so', [{ match: /handler/, alert: false }], []],
  ])('tells notifiers %s', async (_name, rules, expected) => {
    alerted.length = 0;
    running = await startApp({
      platform,
      controllers: [CornersController, OrdersController],
      tracker: {
        notifiers: [Recorder],
        capture: { httpStatus: (status) => status >= 400, rules },
      },
    });
    const headers = { 'content-type': 'application/json' };
    await http(`${running.url}/handler`);
    await http(`${running.url}/orders`, { method: 'POST', headers, body: '{"a":' });
    const issues = await running.allIssues();
    const categories = await Promise.all(
      issues.map(async ({ id }) => (await running.store.findEvents(id, 1)).items[0]?.event.category),
    );
    expect(categories.sort()).toEqual(['security', undefined]);
    // Closing delivers what is due.
    await running.app.close();
    expect(alerted).toHaveLength(expected.length);
    expect(alerted).toEqual(expect.arrayContaining(expected));
  });
});
