import {
  Catch,
  Injectable,
  UseFilters,
  UseGuards,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
} from '@nestjs/common';
import { MessageBody, SubscribeMessage, WebSocketGateway, WsException } from '@nestjs/websockets';
import { throwError, type Observable } from 'rxjs';

class MethodError extends Error {}
class GatewayError extends Error {}

@Injectable()
class BrokenGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('guard broke');
  }
}

/** Tells the client in its own words, over socket.io as over `ws`. */
function tell(host: ArgumentsHost, data: unknown): void {
  const client = host.switchToWs().getClient<{
    emit(event: string, data: unknown): void;
    send(text: string): void;
    readyState?: number;
  }>();
  if (client.readyState === undefined) client.emit('exception', data);
  else client.send(JSON.stringify({ event: 'exception', data }));
}

@Catch(MethodError)
class MethodFilter implements ExceptionFilter {
  catch(exception: Error, host: ArgumentsHost): void {
    tell(host, { method: exception.message });
  }
}

@Catch(GatewayError)
class GatewayFilter implements ExceptionFilter {
  catch(exception: Error, host: ArgumentsHost): void {
    tell(host, { gateway: exception.message });
  }
}

/** What fails when a client's message arrives, in every way. */
@WebSocketGateway()
@UseFilters(GatewayFilter)
export class FailingGateway {
  @SubscribeMessage('sync')
  sync(@MessageBody() _data: unknown): never {
    throw new Error('sync broke');
  }

  @SubscribeMessage('async')
  async async(): Promise<never> {
    await Promise.resolve();
    throw new Error('async broke');
  }

  @SubscribeMessage('observable')
  observable(): Observable<never> {
    return throwError(() => new Error('observable broke'));
  }

  @SubscribeMessage('string')
  string(): never {
    throw 'just a string';
  }

  @SubscribeMessage('guard')
  @UseGuards(BrokenGuard)
  guard(): void {
    /* never reached */
  }

  @SubscribeMessage('answer')
  answer(): never {
    throw new WsException('no such room');
  }

  @SubscribeMessage('method-filter')
  @UseFilters(MethodFilter)
  methodFilter(): never {
    throw new MethodError('handled on the method');
  }

  @SubscribeMessage('gateway-filter')
  gatewayFilter(): never {
    throw new GatewayError('handled on the gateway');
  }
}

/** Fails when a client leaves, which ends the process, with and without the tracker. */
@WebSocketGateway({ path: '/leaving' })
export class LeavingGateway {
  handleDisconnect(): void {
    throw new Error('leaving broke');
  }
}

export const SOCKET_CASES: Readonly<Record<string, readonly [event: string, captured: readonly string[]]>> = {
  'a handler that throws': ['sync', ['sync broke']],
  'a handler that rejects': ['async', ['async broke']],
  'an Observable that errors': ['observable', ['observable broke']],
  'a thrown string': ['string', ['just a string']],
  'a guard that throws': ['guard', ['guard broke']],
  'a WsException': ['answer', []],
  'a filter on the method': ['method-filter', []],
  'a filter on the gateway': ['gateway-filter', []],
};
