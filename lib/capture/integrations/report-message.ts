import type { ArgumentsHost, Type } from '@nestjs/common';
import { unhandled } from '../../intake/failure.js';
import type { Intake } from '../../intake/intake.js';
import { currentScope, scopeOfException, scopeOfRequest } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { NO_FACTS, type CallFacts, type Messages } from './integration.js';

/** Reports an exception that a filter was asked about in a message handler or resolver. */
export function reportMessage(
  intake: Intake,
  exception: unknown,
  host: ArgumentsHost,
  messages: Messages,
  handlerClass?: Type,
): void {
  const { transport } = messages;
  const { request, ...facts } = factsOf(messages, host);
  const scope =
    scopeOfException(exception) ?? scopeOfRequest(request) ?? currentScope() ?? new Scope(transport);
  intake.report(
    unhandled(exception, transport, scope, {
      request: request ?? scope.request,
      handlerClass: handlerClass ?? scope.handlerClass,
      handlerName: scope.handlerName,
      ...facts,
    }),
  );
}

function factsOf(messages: Messages, host: ArgumentsHost): CallFacts {
  try {
    return messages.facts(host);
  } catch {
    return NO_FACTS;
  }
}
