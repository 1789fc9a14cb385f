import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { TraceContextBuilder } from '../../../lib/scope/trace.context-builder.js';

const build = (headers?: object): unknown =>
  new TraceContextBuilder().build({ source: 'http', request: headers && { headers } });

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

describe('TraceContextBuilder', () => {
  it('reads the traceparent of the request', () => {
    expect(build({ traceparent: `00-${traceId}-${spanId}-01` })).toEqual({
      contexts: { trace: { traceId, spanId } },
    });
  });

  it.each([
    undefined,
    {},
    { traceparent: 'nonsense' },
    { traceparent: ['a'] },
    { traceparent: `00-${'0'.repeat(32)}-${spanId}-01` },
  ])('knows nothing of %p', (headers) => {
    expect(build(headers)).toBeUndefined();
  });

  it("prefers OpenTelemetry's running span", () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const span = new BasicTracerProvider().getTracer('test').startSpan('work');
    try {
      const { traceId: running, spanId: runningSpan } = span.spanContext();
      const part = context.with(trace.setSpan(ROOT_CONTEXT, span), () =>
        build({ traceparent: `00-${traceId}-${spanId}-01` }),
      );
      expect(part).toEqual({ contexts: { trace: { traceId: running, spanId: runningSpan } } });
      expect(build({ traceparent: `00-${traceId}-${spanId}-01` })).toMatchObject({
        contexts: { trace: { traceId } },
      });
    } finally {
      span.end();
      context.disable();
    }
  });
});
