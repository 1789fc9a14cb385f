import {
  Catch,
  Controller,
  Get,
  Injectable,
  InternalServerErrorException,
  NotFoundException,
  UseFilters,
  UseGuards,
  type CanActivate,
  type ExceptionFilter,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { EventPattern, MessagePattern, Payload, RpcException } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';

class LocalError extends Error {}
export class GlobalError extends Error {}

@Injectable()
class BrokenGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

@Catch(LocalError)
class LocalFilter implements ExceptionFilter {
  catch(exception: Error): Observable<never> {
    return throwError(() => ({ local: exception.message }));
  }
}

@Catch(GlobalError)
class GlobalFilter implements ExceptionFilter {
  catch(exception: Error): Observable<never> {
    return throwError(() => ({ global: exception.message }));
  }
}

/**
 * Reaches messages only where the microservice inherits the application's configuration, or is all
 * there is.
 */
export const globalFilter = { provide: APP_FILTER, useClass: GlobalFilter };

export const events: string[] = [];

/** What fails when a message arrives, in every way. */
@Controller()
export class FailingMessages {
  @MessagePattern('fine')
  fine(data: unknown): unknown {
    return { got: data };
  }

  @MessagePattern('sync')
  sync(@Payload() _data: unknown): never {
    throw new Error('sync broke');
  }

  @MessagePattern({ cmd: 'async' })
  async async(): Promise<never> {
    await Promise.resolve();
    throw new Error('async broke');
  }

  @MessagePattern('observable')
  observable(): Observable<never> {
    return throwError(() => new Error('observable broke'));
  }

  @MessagePattern('string')
  string(): never {
    throw 'just a string';
  }

  @MessagePattern('guard')
  @UseGuards(BrokenGuard)
  guard(): void {
    /* never reached */
  }

  @MessagePattern('answer')
  answer(): never {
    throw new RpcException('no such order');
  }

  @MessagePattern('missing')
  missing(): never {
    throw new NotFoundException();
  }

  @MessagePattern('internal')
  internal(): never {
    throw new InternalServerErrorException('internal broke');
  }

  @MessagePattern('local')
  @UseFilters(LocalFilter)
  local(): never {
    throw new LocalError('handled here');
  }

  @MessagePattern('global')
  global(): never {
    throw new GlobalError('handled globally');
  }

  @EventPattern('event')
  event(data: unknown): void {
    events.push(JSON.stringify(data));
    throw new Error('event broke');
  }
}

/** Answers requests as well, which must not be taken for messages. */
@Controller()
export class MixedController {
  @Get('mixed')
  route(): never {
    throw 'route broke';
  }

  @MessagePattern('mixed')
  message(): never {
    throw new Error('mixed broke');
  }
}

/** A message, and the titles of the events it causes. */
export type MessageCase = readonly [pattern: unknown, captured: readonly string[]];

export const MESSAGE_CASES: Readonly<Record<string, MessageCase>> = {
  'a handler that succeeds': ['fine', []],
  'a handler that throws': ['sync', ['sync broke']],
  'a handler that rejects': [{ cmd: 'async' }, ['async broke']],
  'an Observable that errors': ['observable', ['observable broke']],
  'a thrown string': ['string', ['just a string']],
  'a guard that throws': ['guard', ['guard broke']],
  'an RpcException': ['answer', []],
  'a 404': ['missing', []],
  'a 500': ['internal', ['internal broke']],
  'a filter on the method': ['local', []],
};
