import {
  BadRequestException,
  Body,
  Catch,
  Controller,
  Get,
  Header,
  HttpCode,
  HttpException,
  Injectable,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  ServiceUnavailableException,
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
import { HttpAdapterHost } from '@nestjs/core';
import { Observable, throwError } from 'rxjs';
import { PLATFORMS, startApp, type Platform } from '../support/app.js';
import { http, type HttpAnswer, type HttpCall } from '../support/http.js';
import type { LogLine } from '../support/recording-logger.js';

class TeapotError extends Error {}

@Injectable()
class BrokenGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Injectable()
class BrokenInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, _next: CallHandler): Observable<unknown> {
    throw new Error('interceptor broke');
  }
}

@Catch(TeapotError)
@Injectable()
class TeapotFilter implements ExceptionFilter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: TeapotError, host: ArgumentsHost): void {
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { tea: exception.message }, 418);
  }
}

@Controller()
class FailingController {
  @Get('fine')
  @Header('x-own', 'yes')
  fine(): object {
    return { fine: true };
  }

  @Get('sync')
  sync(): never {
    throw new Error('sync broke');
  }

  @Get('async')
  async async(): Promise<never> {
    await Promise.resolve();
    throw new Error('async broke');
  }

  @Get('observable')
  observable(): Observable<never> {
    return throwError(() => new Error('observable broke'));
  }

  @Get('string')
  string(): never {
    throw 'just a string';
  }

  @Get('frozen')
  frozen(): never {
    throw Object.freeze(new Error('frozen'));
  }

  @Get('unavailable')
  unavailable(): never {
    throw new ServiceUnavailableException({ retry: 'later' });
  }

  @Get('cause')
  cause(): never {
    throw new HttpException('upstream', 502, { cause: new Error('socket') });
  }

  @Get('missing')
  missing(): never {
    throw new NotFoundException('no such thing');
  }

  @Get('plain-status')
  plainStatus(): never {
    throw Object.assign(new Error('axios-like'), { status: 404 });
  }

  @Get('teapot')
  @UseFilters(TeapotFilter)
  teapot(): never {
    throw new TeapotError('short and stout');
  }

  @Get('guard')
  @UseGuards(BrokenGuard)
  guard(): string {
    return 'never';
  }

  @Get('interceptor')
  @UseInterceptors(BrokenInterceptor)
  interceptor(): string {
    return 'never';
  }

  @Get('pipe/:id')
  pipe(@Param('id', ParseIntPipe) id: number): number {
    return id;
  }

  @Post('body')
  @HttpCode(200)
  body(@Body() body: unknown): unknown {
    if (JSON.stringify(body).includes('bad')) throw new BadRequestException('bad body');
    return body;
  }
}

const CASES: Readonly<Record<string, readonly [string, HttpCall?]>> = {
  'an answer that succeeds': ['/fine'],
  'a handler that throws': ['/sync'],
  'a handler that rejects': ['/async'],
  'an Observable that errors': ['/observable'],
  'a thrown string': ['/string'],
  'a frozen error': ['/frozen'],
  'a 503 with a body of its own': ['/unavailable'],
  'a 502 with a cause': ['/cause'],
  'a 404 of the application': ['/missing'],
  'an error with a bare status property': ['/plain-status'],
  'an exception that a filter of the application answers': ['/teapot'],
  'a guard that throws': ['/guard'],
  'an interceptor that throws': ['/interceptor'],
  'a pipe that refuses': ['/pipe/abc'],
  'an unknown route': ['/nowhere'],
  'malformed JSON': [
    '/body',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":' },
  ],
  'a body that is accepted': [
    '/body',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' },
  ],
  'a body that is refused': [
    '/body',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"bad":1}' },
  ],
  'HEAD of a failing route': ['/sync', { method: 'HEAD' }],
  'OPTIONS of a failing route': ['/sync', { method: 'OPTIONS' }],
};

interface Outcome extends HttpAnswer {
  readonly logs: readonly LogLine[];
}

async function outcomes(platform: Platform, tracker: boolean): Promise<ReadonlyMap<string, Outcome>> {
  const app = await startApp({
    platform,
    controllers: [FailingController],
    ...(!tracker && { tracker: false }),
  });
  const answers = new Map<string, Outcome>();
  try {
    for (const [name, [path, call]] of Object.entries(CASES)) {
      const before = app.logger.lines.length;
      const { status, headers, body } = await http(app.url + path, call);
      const logs = app.logger.lines.slice(before).map(comparable);
      answers.set(name, { status, headers: { ...headers, date: 'any' }, body, logs });
    }
  } finally {
    await app.close();
  }
  return answers;
}

/**
 * A logged stack shows how Nest called the application's code, and every interceptor adds frames to that; compared are
 * the message and the application's own frames.
 */
function comparable(line: LogLine): LogLine {
  const rows = line.text.split('\n').filter((row) => !/^\s+at /.test(row) || row.includes(__filename));
  return { ...line, text: rows.join('\n') };
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let bare: ReadonlyMap<string, Outcome>;
  let tracked: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    bare = await outcomes(platform, false);
    tracked = await outcomes(platform, true);
  });

  it.each(Object.keys(CASES))('status, headers, body and log lines are the same for %s', (name) => {
    expect(tracked.get(name)).toEqual(bare.get(name));
  });

  it('compares answers that really differ from one another', () => {
    expect(new Set([...bare.values()].map(({ status }) => status)).size).toBeGreaterThanOrEqual(7);
    expect(bare.get('a handler that throws')?.logs).toHaveLength(1);
  });
});
