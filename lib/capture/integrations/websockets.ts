import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Catch, type ArgumentsHost, type ExceptionFilter, type Type } from '@nestjs/common';
import { tell } from '../../errors/tell.js';
import type { Intake } from '../../intake/intake.js';
import { attempt, read } from '../../values/safe-read.js';
import { addLastFilter } from '../nest-filters.js';
import type { BootingApp, CallFacts, FindWatchedMethod, Integration, Messages } from './integration.js';
import { reportMessage } from './report-message.js';

/** Left on classes by `@WebSocketGateway()`. */
const GATEWAY = 'websockets:is_gateway';
/** Left on methods by `@SubscribeMessage()`: that they are subscribed, and to what. */
const IS_SUBSCRIBED = 'websockets:message_mapping';
const EVENT = 'message';
const LIFECYCLE = new Set(['afterInit', 'handleConnection', 'handleDisconnect']);

const watchedMethod: FindWatchedMethod = (type, method, name) => {
  if (!Reflect.hasMetadata(GATEWAY, type)) return undefined;
  if (Reflect.getMetadata(IS_SUBSCRIBED, method) === true) {
    const event: unknown = Reflect.getMetadata(EVENT, method);
    return {
      source: 'ws',
      failuresGoTo: 'filters',
      facts: () => ({ transaction: String(event), contexts: { message: { event } } }),
    };
  }
  if (!LIFECYCLE.has(name)) return undefined;
  return {
    source: 'ws',
    failuresGoTo: 'nobody',
    facts: ([client]) => ({
      ...messageFacts(client, undefined, undefined),
      transaction: `${type.name}.${name}`,
    }),
  };
};

function messageFacts(client: unknown, data: unknown, pattern: unknown): CallFacts {
  const event = typeof pattern === 'string' ? pattern : undefined;
  const handshake = read(client, 'handshake');
  return {
    ...(event !== undefined && { transaction: event }),
    contexts: {
      message: { event, data },
      client: {
        id: read(client, 'id'),
        namespace: read(read(client, 'nsp'), 'name'),
        address: read(handshake, 'address'),
        headers: read(handshake, 'headers'),
        query: read(handshake, 'query'),
      },
    },
  };
}

const messages: Messages = {
  transport: 'ws',
  facts: (host) => messageFacts(host.getArgByIndex(0), host.getArgByIndex(1), host.getArgs().at(-1)),
};

/**
 * Nest asks no global filter about the messages of a gateway: one on its class, asked last, stands
 * in for it.
 */
function watchGateway(type: Type, { intake, options }: BootingApp): void {
  if (!Reflect.hasMetadata(GATEWAY, type)) return;
  const base = loadBaseFilter(options.projectRoot);
  if (!base) {
    tell(
      'warn',
      `Exceptions of ${type.name} are not captured: @nestjs/websockets is not found from "projectRoot".`,
    );
    return;
  }
  addLastFilter(
    type,
    new GatewayFilter(type, intake, new base()),
    (filter) => filter instanceof GatewayFilter,
  );
}

/**
 * Captures what no filter of the gateway took. Nest's own filter answers, as it does where there is
 * no other.
 */
@Catch()
class GatewayFilter implements ExceptionFilter {
  constructor(
    private readonly gateway: Type,
    private readonly intake: Intake,
    private readonly base: ExceptionFilter,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    reportMessage(this.intake, exception, host, messages, this.gateway);
    this.base.catch(exception, host);
  }
}

/**
 * The package is there where a gateway is. It is loaded from the application's root, so that it is
 * the same copy.
 */
function loadBaseFilter(projectRoot: string): (new () => ExceptionFilter) | undefined {
  return attempt(() => {
    const websockets: unknown = createRequire(join(projectRoot, 'package.json'))('@nestjs/websockets');
    return (websockets as { BaseWsExceptionFilter?: new () => ExceptionFilter }).BaseWsExceptionFilter;
  });
}

/** `@nestjs/websockets`: messages, and clients that come and go, on socket.io and `ws`. */
export const websockets: Integration = {
  marks: [GATEWAY],
  watchedMethod,
  messages,
  onClass: watchGateway,
};
