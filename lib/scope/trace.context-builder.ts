import { ContextBuilder, type CaptureSite, type ContextPart } from './context-builder.js';

/** W3C Trace Context: version 00, and later ones that keep its form. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;
const NO_TRACE = '0'.repeat(32);

// Where `@opentelemetry/api` 1.x keeps what is registered with it, and how it names the running
// span. Looked up there, so that the package need not be installed and no wrong copy of it is
// loaded.
const OPEN_TELEMETRY = Symbol.for('opentelemetry.js.api.1');
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

interface SpanLike {
  spanContext(): { readonly traceId?: unknown; readonly spanId?: unknown };
}
interface OpenTelemetryLike {
  readonly context?: { active(): { getValue(key: symbol): SpanLike | undefined } };
}

/**
 * Tells the trace of an exception: that of OpenTelemetry's running span, else of the request's
 * `traceparent` header.
 */
export class TraceContextBuilder extends ContextBuilder {
  override build({ request }: CaptureSite): ContextPart | undefined {
    const trace = runningSpan() ?? traceOf(request);
    return trace && { contexts: { trace } };
  }
}

interface Trace {
  readonly traceId: string;
  readonly spanId: string;
}

function runningSpan(): Trace | undefined {
  const api = (globalThis as Record<symbol, unknown>)[OPEN_TELEMETRY] as OpenTelemetryLike | undefined;
  const { traceId, spanId } = api?.context?.active().getValue(SPAN)?.spanContext() ?? {};
  return typeof traceId === 'string' && typeof spanId === 'string' && traceId !== NO_TRACE
    ? { traceId, spanId }
    : undefined;
}

function traceOf(request: unknown): Trace | undefined {
  const header: unknown = (request as { headers?: Record<string, unknown> } | undefined)?.headers?.[
    'traceparent'
  ];
  if (typeof header !== 'string') return undefined;
  const [, traceId, spanId] = TRACEPARENT.exec(header) ?? [];
  return traceId !== undefined && spanId !== undefined && traceId !== NO_TRACE
    ? { traceId, spanId }
    : undefined;
}
