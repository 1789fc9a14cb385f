import type { ArgumentsHost } from '@nestjs/common';
import { read } from '../../values/safe-read.js';

/** What Nest calls the kinds of messages it handles besides HTTP requests. */
export type Transport = 'rpc' | 'ws' | 'graphql';

/** What the arguments of a message handler or resolver tell of the message. Raw. */
export interface TransportFacts {
  readonly transaction?: string;
  readonly contexts: Readonly<Record<string, unknown>>;
  /** The HTTP request that carried it, where there is one. */
  readonly request?: object;
  readonly handlerName?: string;
}

export function transportFacts(transport: Transport, host: ArgumentsHost): TransportFacts {
  try {
    if (transport === 'rpc') return messageFacts(host.getArgByIndex(0), host.getArgByIndex(1));
    if (transport === 'ws')
      return socketFacts(host.getArgByIndex(0), host.getArgByIndex(1), host.getArgs().at(-1));
    if (transport === 'graphql') return fieldFacts(host.getArgs());
  } catch {
    // Facts that cannot be read are not worth losing the exception for.
  }
  return { contexts: {} };
}

/** Of a message or an event of `@nestjs/microservices`. */
export function messageFacts(data: unknown, context: unknown): TransportFacts {
  const pattern = patternOf(context);
  return {
    ...(pattern !== undefined && { transaction: pattern }),
    contexts: { message: { pattern, data } },
  };
}

/** What each transport calls the address of a message. */
const PATTERN_GETTERS = ['getPattern', 'getChannel', 'getSubject', 'getTopic'];

function patternOf(context: unknown): string | undefined {
  for (const name of PATTERN_GETTERS) {
    const getter = read(context, name);
    if (typeof getter !== 'function') continue;
    const pattern: unknown = Reflect.apply(getter, context, []);
    if (pattern !== undefined) return textOf(pattern);
  }
  return undefined;
}

/** Of a message that a gateway got. */
export function socketFacts(client: unknown, data: unknown, pattern: unknown): TransportFacts {
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

/** Of a GraphQL field: the arguments that every resolver function has. */
export function fieldFacts(resolverArgs: readonly unknown[]): TransportFacts {
  const [, fieldArgs, context, info] = resolverArgs;
  const operation = read(info, 'operation');
  const type = read(read(info, 'parentType'), 'name');
  const field = read(info, 'fieldName');
  const request = read(context, 'req') ?? read(context, 'request') ?? read(read(context, 'reply'), 'request');
  return {
    ...(typeof type === 'string' && typeof field === 'string' && { transaction: `${type}.${field}` }),
    contexts: {
      graphql: {
        operation: read(operation, 'operation'),
        name: read(read(operation, 'name'), 'value'),
        field: typeof type === 'string' ? `${type}.${String(field)}` : undefined,
        arguments: fieldArgs,
      },
    },
    ...(typeof request === 'object' && request !== null && { request }),
  };
}

function textOf(pattern: unknown): string | undefined {
  if (typeof pattern === 'string') return pattern;
  try {
    return JSON.stringify(pattern);
  } catch {
    return undefined;
  }
}
