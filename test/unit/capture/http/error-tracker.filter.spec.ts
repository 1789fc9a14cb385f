import type { ArgumentsHost } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { ErrorTrackerFilter } from '../../../../lib/capture/http/error-tracker.filter.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';

describe('ErrorTrackerFilter', () => {
  it('reports nothing of a second call about the headers, which Fastify makes after a response was begun by hand', () => {
    const reported: unknown[] = [];
    const intake = {
      report: ({ exception }: Failure) => void reported.push(exception),
    } as unknown as Intake;
    let headersSent = false;
    const adapterHost = {
      httpAdapter: { isHeadersSent: () => headersSent, reply: () => undefined, end: () => undefined },
    } as unknown as HttpAdapterHost;
    const request = { url: '/' };
    const host = {
      getType: () => 'http',
      getArgByIndex: () => ({}),
      switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
    } as unknown as ArgumentsHost;

    const filter = new ErrorTrackerFilter(intake, adapterHost, false);
    const first = new Error('the handler failed');
    filter.catch(first, host);
    headersSent = true;
    filter.catch(new Error('Cannot write headers after they are sent'), host);
    expect(reported).toEqual([first]);
  });
});
