import type { ArgumentsHost } from '@nestjs/common';
import type { Intake } from '../../intake/intake.js';
import { bullmq } from './bullmq.js';
import { cqrs } from './cqrs.js';
import { eventEmitter } from './event-emitter.js';
import { graphql } from './graphql.js';
import { NO_FACTS, type Integration, type Transport } from './integration.js';
import { microservices } from './microservices.js';
import { reportMessage } from './report-message.js';
import { schedule } from './schedule.js';
import { sse } from './sse.js';
import { websockets } from './websockets.js';

/** Every package that is watched. The first one that recognises a method watches it. */
export const INTEGRATIONS: readonly Integration[] = [
  schedule,
  eventEmitter,
  cqrs,
  bullmq,
  // Before microservices: a class may be both gateway and controller, and the watcher of patterns
  // is then asked last.
  websockets,
  microservices,
  sse,
  graphql,
];

const MESSAGES = new Map(
  INTEGRATIONS.flatMap(({ messages }) => (messages ? [[messages.transport, messages]] : [])),
);

/**
 * Reports an exception that Nest asked the tracker's global filter about, of anything but an HTTP
 * request.
 */
export function reportUnfiltered(intake: Intake, exception: unknown, host: ArgumentsHost): void {
  const transport = host.getType<Transport>();
  // Packages of others bring kinds of messages that are not known here.
  const messages = MESSAGES.get(transport) ?? { transport, facts: () => NO_FACTS };
  messages.onGlobalFilter?.(exception);
  reportMessage(intake, exception, host, messages);
}
