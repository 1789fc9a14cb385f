import 'reflect-metadata';
import { messageFacts, socketFacts } from './transport-facts.js';
import type { EntranceFinder } from './integration.js';

/** Left on methods by `@MessagePattern()` and `@EventPattern()` of `@nestjs/microservices`. */
export const PATTERN = 'microservices:pattern';
/** Left on classes by `@WebSocketGateway()`, and on methods by `@SubscribeMessage()`. */
export const GATEWAY = 'websockets:is_gateway';
const SUBSCRIPTION = 'message';
const IS_SUBSCRIPTION = 'websockets:message_mapping';
const LIFECYCLE = new Set(['afterInit', 'handleConnection', 'handleDisconnect']);

/** Parameters may stand in any order here, so the message is read by the filter; this is for what the code inside asks for. */
export const patternEntrance: EntranceFinder = (_type, method) => {
  if (!Reflect.hasMetadata(PATTERN, method)) return undefined;
  const patterns: unknown = Reflect.getMetadata(PATTERN, method);
  const [pattern] = Array.isArray(patterns) ? (patterns as unknown[]) : [patterns];
  return {
    source: 'rpc',
    heardBy: 'filters',
    facts: (args) => messageFacts(args[0], { getPattern: () => pattern }),
  };
};

/** Messages pass filters; what fails when a client comes or goes is heard by nobody. */
export const gatewayEntrance: EntranceFinder = (type, method, name) => {
  if (!Reflect.hasMetadata(GATEWAY, type)) return undefined;
  if (Reflect.getMetadata(IS_SUBSCRIPTION, method) === true) {
    const event: unknown = Reflect.getMetadata(SUBSCRIPTION, method);
    return {
      source: 'ws',
      heardBy: 'filters',
      facts: () => ({ transaction: String(event), contexts: { message: { event } } }),
    };
  }
  if (!LIFECYCLE.has(name)) return undefined;
  return {
    source: 'ws',
    heardBy: 'nobody',
    facts: ([client]) => ({
      ...socketFacts(client, undefined, undefined),
      transaction: `${type.name}.${name}`,
    }),
  };
};
