import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { lastValueFrom, of, throwError } from 'rxjs';
import { ErrorTrackerInterceptor } from '../../../../lib/capture/http/error-tracker.interceptor.js';
import { scopeOfRequest } from '../../../../lib/scope/scope-storage.js';

class Page {
  show(): void {
    // Not called here.
  }
}

const contextOf = (request: object, type = 'http'): ExecutionContext =>
  ({
    getType: () => type,
    getClass: () => Page,
    getHandler: () => Page.prototype.show,
    switchToHttp: () => ({ getRequest: () => request }),
  }) as unknown as ExecutionContext;
const handlerThat = (handle: CallHandler['handle']): CallHandler => ({ handle });

describe('ErrorTrackerInterceptor', () => {
  const interceptor = new ErrorTrackerInterceptor();

  it('notes the handler, and the exception that passes', async () => {
    const request = {};
    const exception = new Error('x');
    const result = interceptor.intercept(
      contextOf(request),
      handlerThat(() => throwError(() => exception)),
    );
    await expect(lastValueFrom(result)).rejects.toBe(exception);
    expect(scopeOfRequest(request)).toMatchObject({
      handlerClass: Page,
      handlerName: 'show',
      reporting: { passing: { exception }, captured: false },
    });
  });

  it('notes nothing to report of what goes well, and nothing at all of other messages', async () => {
    const request = {};
    const fine = handlerThat(() => of('fine'));
    await expect(lastValueFrom(interceptor.intercept(contextOf(request), fine))).resolves.toBe('fine');
    expect(scopeOfRequest(request)?.reporting.passing).toBeUndefined();
    const message = {};
    await lastValueFrom(interceptor.intercept(contextOf(message, 'rpc'), fine));
    expect(scopeOfRequest(message)?.handlerName).toBeUndefined();
  });
});
