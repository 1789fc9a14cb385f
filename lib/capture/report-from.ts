import type { ArgumentsHost, Type } from '@nestjs/common';
import type { ErrorTrackerService } from '../error-tracker.service.js';
import { currentScope, scopeOfException, scopeOfRequest } from '../scope/scope-storage.js';
import { Scope } from '../scope/scope.js';
import { transportFacts, type Transport } from './transport-facts.js';

/** Reports what a filter was asked about in a message handler or resolver. */
export function reportFrom(
  tracker: ErrorTrackerService,
  exception: unknown,
  host: ArgumentsHost,
  transport: Transport,
  handlerClass?: Type,
): string | undefined {
  const { request, handlerName, ...facts } = transportFacts(transport, host);
  const scope =
    scopeOfException(exception) ?? scopeOfRequest(request) ?? currentScope() ?? new Scope(transport);
  return tracker.report({
    exception,
    site: {
      source: transport,
      request: request ?? scope.request,
      handlerClass: handlerClass ?? scope.handlerClass,
      handlerName: handlerName ?? scope.handlerName,
    },
    scope,
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    ...facts,
  });
}
