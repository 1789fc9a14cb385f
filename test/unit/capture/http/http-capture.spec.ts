import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer, type HttpAdapterHost } from '@nestjs/core';
import { HttpCapture } from '../../../../lib/capture/http/http-capture.js';
import type { Failure } from '../../../../lib/intake/failure.js';
import type { Intake } from '../../../../lib/intake/intake.js';
import { scopeOfRequest } from '../../../../lib/scope/scope-storage.js';
import { optionsWith } from '../../../support/events.js';

type Hook = (request: object, reply: object, done: () => void) => void;

/** An application on a Fastify of which only the hooks are left. */
function watchedApp(enabled = true) {
  const reported: Failure[] = [];
  const intake = {
    report: (failure: Failure): string => {
      if (failure.scope) failure.scope.reporting.captured = true;
      return String(reported.push(failure));
    },
    statusQualifies: (status: number) => status >= 500,
  } as unknown as Intake;
  const hooks = new Map<string, Hook>();
  const httpAdapter = {
    getType: () => 'fastify',
    getInstance: () => ({ addHook: (name: string, hook: Hook) => hooks.set(name, hook) }),
    reply: () => undefined,
    isHeadersSent: () => false,
    setHeader: () => undefined,
    end: () => undefined,
  };
  const adapterHost = { httpAdapter } as unknown as HttpAdapterHost;
  const config = new ApplicationConfig();
  const options = optionsWith({ enabled });
  const capture = new HttpCapture(intake, adapterHost, config, new ModulesContainer(), options);
  const answered = (request: object, statusCode: number): void =>
    hooks.get('onResponse')?.(request, { raw: { statusCode } }, () => undefined);
  const filtered = (exception: unknown, request: object): void => {
    const host = {
      getType: () => 'http',
      getArgByIndex: () => ({}),
      switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
    } as unknown as ArgumentsHost;
    (config.getGlobalFilters()[0] as ExceptionFilter).catch(exception, host);
  };
  return { capture, config, hooks, reported, answered, filtered };
}

const passingIn = (request: object, exception: unknown): void => {
  scopeOfRequest(request)!.reporting.passing = { exception };
};

@Catch()
class Everything implements ExceptionFilter {
  catch(): void {
    // Answers nothing here.
  }
}

describe('HttpCapture', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('reports an exception that another filter hid, when the response has been sent', () => {
    const { reported, answered } = watchedApp();
    const request = {};
    const exception = new Error('hidden');
    passingIn(request, exception);
    expect(reported).toEqual([]);
    answered(request, 503);
    expect(reported).toMatchObject([{ exception, status: 503, site: { source: 'http', request } }]);
    expect(reported[0]).not.toHaveProperty('message');
  });

  it('reports a failing status that was returned without an exception, by that status', () => {
    const { reported, answered } = watchedApp();
    answered({}, 503);
    answered({}, 599);
    expect(reported).toMatchObject([
      {
        message: 'response 503 Service Unavailable',
        fingerprint: ['response 503', '{{default}}'],
        status: 503,
      },
      { message: 'response 599', fingerprint: ['response 599', '{{default}}'] },
    ]);
  });

  it('reports nothing of a healthy response, even if an exception passed on its way', () => {
    const { reported, answered } = watchedApp();
    const request = {};
    passingIn(request, new Error('handled'));
    answered(request, 200);
    answered({}, 404);
    expect(reported).toEqual([]);
  });

  it("reports nothing again that the tracker's filter saw", () => {
    const { reported, answered, filtered } = watchedApp();
    const request = {};
    const exception = new Error('seen');
    passingIn(request, exception);
    filtered(exception, request);
    answered(request, 500);
    expect(reported).toMatchObject([{ exception, status: 500 }]);
  });

  it('reports no bare status where something was captured in the request before', () => {
    const { reported, answered } = watchedApp();
    const request = {};
    scopeOfRequest(request)!.reporting.captured = true;
    answered(request, 500);
    expect(reported).toEqual([]);
  });

  it('watches a server once, however often it is told of it', () => {
    const { capture, hooks } = watchedApp();
    const before = new Map(hooks);
    capture.watchServer();
    expect(hooks).toEqual(before);
  });

  it('puts its interceptor before the routes only where a filter hides exceptions', () => {
    const { capture, config } = watchedApp();
    capture.watchHiddenExceptions();
    expect(config.getGlobalInterceptors()).toEqual([]);
    config.useGlobalFilters(new Everything());
    capture.watchHiddenExceptions();
    expect(config.getGlobalInterceptors()).toHaveLength(1);
  });

  it('leaves an application alone that does not want to be watched', () => {
    const { capture, config, hooks } = watchedApp(false);
    config.useGlobalFilters(new Everything());
    capture.watchServer();
    capture.watchHiddenExceptions();
    expect(hooks.size).toBe(0);
    expect(config.getGlobalFilters()).toHaveLength(1);
    expect(config.getGlobalInterceptors()).toEqual([]);
  });
});
