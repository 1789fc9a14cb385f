import type { ArgumentsHost, Type } from '@nestjs/common';
import type { Intake } from '../../intake/intake.js';
import { currentScope, scopeOfException, scopeOfRequest } from '../../scope/scope-storage.js';
import { Scope } from '../../scope/scope.js';
import { transportFacts, type Transport } from './transport-facts.js';
import { unhandled } from '../../intake/failure.js';

/** Reports what a filter was asked about in a message handler or resolver. */
export function reportFrom(
  intake: Intake,
  exception: unknown,
  host: ArgumentsHost,
  transport: Transport,
  handlerClass?: Type,
): string | undefined {
  const { request, handlerName, ...facts } = transportFacts(transport, host);
  const scope =
    scopeOfException(exception) ?? scopeOfRequest(request) ?? currentScope() ?? new Scope(transport);
  return intake.report(
    unhandled(exception, transport, scope, {
      request: request ?? scope.request,
      handlerClass: handlerClass ?? scope.handlerClass,
      handlerName: handlerName ?? scope.handlerName,
      ...facts,
    }),
  );
}
