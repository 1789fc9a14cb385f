import { types } from 'node:util';
import { catchError, defer, EMPTY, isObservable, tap, throwError, type Observable } from 'rxjs';

/**
 * Calls a function and hears of its failure, whichever way it fails: thrown, rejected, emitted by an Observable, or in the
 * middle of a generator. The result is the same kind of thing as without.
 *
 * @param failed returns `true` to swallow the failure; else it goes on. `begun` tells that the caller had got something
 *   before: values of an Observable, or the generator itself
 */
export function watchOutcome(
  call: () => unknown,
  failed: (exception: unknown, begun: boolean) => boolean,
): unknown {
  const settle = (exception: unknown): undefined => {
    if (!failed(exception, false)) throw exception;
  };
  try {
    const result = call();
    // Thenables that are not promises may start their work only when asked: they are handed on untouched.
    if (types.isPromise(result)) return result.catch(settle);
    if (types.isGeneratorObject(result)) return watchGenerator(result, failed);
    return isObservable(result) ? watchObservable(result, failed) : result;
  } catch (exception) {
    return settle(exception);
  }
}

type Failed = Parameters<typeof watchOutcome>[1];

function watchObservable(source: Observable<unknown>, failed: Failed): Observable<unknown> {
  return defer(() => {
    let begun = false;
    return source.pipe(
      tap(() => {
        begun = true;
      }),
      catchError((exception: unknown) => (failed(exception, begun) ? EMPTY : throwError(() => exception))),
    );
  });
}

type Step = (value?: unknown) => unknown;

/** Every call of a generator function makes a new object, whose own steps can be replaced without touching any other. */
function watchGenerator(generator: object, failed: Failed): object {
  for (const name of ['next', 'throw', 'return'] as const) {
    const step: unknown = (generator as Record<string, unknown>)[name];
    if (typeof step !== 'function') continue;
    const watched: Step = function (...args) {
      const end = (exception: unknown): unknown => {
        if (!failed(exception, true)) throw exception;
        return { done: true, value: undefined };
      };
      try {
        const result: unknown = Reflect.apply(step, generator, args);
        return types.isPromise(result) ? result.catch(end) : result;
      } catch (exception) {
        return end(exception);
      }
    };
    Object.defineProperty(generator, name, { value: watched, configurable: true, writable: true });
  }
  return generator;
}
