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
  InternalServerErrorException,
  Module,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  Res,
  Scope,
  ServiceUnavailableException,
  Sse,
  StreamableFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestMiddleware,
  type NestModule,
  type PipeTransform,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { Readable } from 'node:stream';
import { catchError, concat, map, Observable, of, throwError } from 'rxjs';

class TeapotError extends Error {}
class ModuleError extends Error {}
class ScopedError extends Error {}
class ConvertedError extends Error {}
class UpgradedError extends Error {}
class FilterBreaksError extends Error {}

@Injectable()
class BrokenGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Injectable()
class BrokenPipe implements PipeTransform {
  transform(): never {
    throw new Error('pipe broke');
  }
}

@Injectable()
class BreaksBefore implements NestInterceptor {
  intercept(_context: ExecutionContext, _next: CallHandler): Observable<unknown> {
    throw new Error('interceptor broke');
  }
}

@Injectable()
class BreaksAfter implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map(() => {
        throw new Error('interceptor broke afterwards');
      }),
    );
  }
}

@Injectable()
class Wraps implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((cause: Error) => {
        throw new InternalServerErrorException('wrapped', { cause });
      }),
    );
  }
}

/** Answers 418, whatever it is put on. */
@Injectable()
class Teapot implements ExceptionFilter {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: Error, host: ArgumentsHost): void {
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), { tea: exception.message }, 418);
  }
}

@Catch(TeapotError)
@Injectable()
class TeapotFilter extends Teapot {}

@Catch(ModuleError)
@Injectable()
class ModuleFilter extends Teapot {}

@Catch(ScopedError)
@Injectable({ scope: Scope.REQUEST })
class ScopedFilter extends Teapot {}

@Catch(ConvertedError)
class ConvertingFilter extends BaseExceptionFilter {
  override catch(_exception: unknown, host: ArgumentsHost): void {
    super.catch(new BadRequestException('converted'), host);
  }
}

@Catch(UpgradedError)
class UpgradingFilter extends BaseExceptionFilter {
  override catch(_exception: unknown, host: ArgumentsHost): void {
    super.catch(new ServiceUnavailableException('upgraded'), host);
  }
}

@Catch(FilterBreaksError)
class BreakingFilter implements ExceptionFilter {
  catch(): void {
    throw new Error('filter broke');
  }
}

@Injectable()
class BrokenMiddleware implements NestMiddleware {
  use(): void {
    throw new Error('middleware broke');
  }
}

@Injectable()
class PassingMiddleware implements NestMiddleware {
  use(_request: unknown, _response: unknown, next: (error?: unknown) => void): void {
    next(new Error('middleware passed an error on'));
  }
}

@Injectable()
class RejectingMiddleware implements NestMiddleware {
  async use(): Promise<void> {
    await Promise.resolve();
    throw new Error('middleware rejected');
  }
}

@Module({ providers: [{ provide: APP_FILTER, useClass: ModuleFilter }] })
class FilterModule {}

@Controller()
class HandlersController {
  @Get('fine')
  @Header('x-own', 'yes')
  fine(): object {
    return { fine: true };
  }

  @Get('sync/:id')
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

  @Get('nothing')
  nothing(): never {
    throw undefined;
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

  @Get('http-error')
  httpError(): never {
    throw Object.assign(new Error('too large'), { statusCode: 413 });
  }

  @Post('body')
  @HttpCode(200)
  body(@Body() body: unknown): unknown {
    if (JSON.stringify(body).includes('bad')) throw new BadRequestException('bad body');
    return body;
  }

  @Get('middleware/throws')
  @Get('middleware/passes')
  @Get('middleware/rejects')
  unreached(): void {
    /* the middleware fails before */
  }
}

@Controller()
class EnhancersController {
  @Get('guard')
  @UseGuards(BrokenGuard)
  guard(): string {
    return 'never';
  }

  @Get('pipe/:id')
  pipe(@Param('id', ParseIntPipe) id: number): number {
    return id;
  }

  @Get('broken-pipe/:id')
  @UsePipes(BrokenPipe)
  brokenPipe(@Param('id') id: string): string {
    return id;
  }

  @Get('before')
  @UseInterceptors(BreaksBefore)
  before(): string {
    return 'never';
  }

  @Get('after')
  @UseInterceptors(BreaksAfter)
  after(): string {
    return 'never seen';
  }

  @Get('wraps')
  @UseInterceptors(Wraps)
  wraps(): never {
    throw new Error('inner');
  }
}

@Controller()
@UseFilters(UpgradingFilter)
class FiltersController {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  @Get('method-filter')
  @UseFilters(TeapotFilter)
  methodFilter(): never {
    throw new TeapotError('on the method');
  }

  @Get('class-filter')
  classFilter(): never {
    throw new UpgradedError('on the class');
  }

  @Get('module-filter')
  moduleFilter(): never {
    throw new ModuleError('in another module');
  }

  @Get('scoped-filter')
  scopedFilter(): never {
    throw new ScopedError('made for each request');
  }

  @Get('converting-filter')
  convertingFilter(): never {
    throw new ConvertedError('to be converted');
  }

  @Get('breaking-filter')
  @UseFilters(BreakingFilter)
  breakingFilter(): never {
    throw new FilterBreaksError('to be handled');
  }

  @Get('returned')
  returned(@Res() response: unknown): void {
    this.adapterHost.httpAdapter.reply(response, { maintenance: true }, 503);
  }
}

@Controller()
class StreamsController {
  @Get('stream')
  stream(): StreamableFile {
    return new StreamableFile(Readable.from(['whole']));
  }

  @Get('stream-breaks')
  streamBreaks(): StreamableFile {
    return new StreamableFile(
      Readable.from(
        (async function* () {
          yield 'first part';
          await new Promise((resolve) => setTimeout(resolve, 30));
          throw new Error('stream broke');
        })(),
      ),
    );
  }

  @Sse('events')
  events(): Observable<{ data: string }> {
    return of({ data: 'one' }, { data: 'two' });
  }

  @Sse('events-break')
  eventsBreak(): Observable<{ data: string }> {
    return concat(
      of({ data: 'one' }),
      throwError(() => new Error('events broke')),
    );
  }

  @Sse('events-break-at-once')
  eventsBreakAtOnce(): Observable<{ data: string }> {
    return throwError(() => new Error('no event at all'));
  }
}

/** What fails over HTTP, in every way that ends with a response. */
@Module({
  imports: [FilterModule],
  controllers: [HandlersController, EnhancersController, FiltersController, StreamsController],
  providers: [{ provide: APP_FILTER, useClass: ScopedFilter }],
})
export class FailingHttpModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(BrokenMiddleware).forRoutes('middleware/throws');
    consumer.apply(RejectingMiddleware).forRoutes('middleware/rejects');
    consumer.apply(PassingMiddleware).forRoutes('middleware/passes');
  }
}

/** For `app.useGlobalFilters()`: the last of the ways to register a filter. */
export function globalFilters(app: {
  get(token: typeof HttpAdapterHost): HttpAdapterHost;
}): ExceptionFilter[] {
  return [new ConvertingFilter(app.get(HttpAdapterHost).httpAdapter)];
}
