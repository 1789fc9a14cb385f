import { types } from 'node:util';
import { catchError, defer, EMPTY, isObservable, tap, throwError, type Observable } from 'rxjs';

/**
 * Called when a watched function failed; returns `true` to swallow the failure, else it goes on.
 *
 * @param begun whether the caller had got something before: values of an Observable, or a generator
 */
export type OnFailure = (exception: unknown, begun: boolean) => boolean;

/**
 * Calls a function and passes on its failure, whichever way it fails: it throws, its promise
 * rejects, its Observable errors, or its generator breaks in the middle. The result has the same
 * kind as the function's own.
 */
export function watchOutcome(call: () => unknown, onFailure: OnFailure): unknown {
  const fail = (exception: unknown): undefined => {
    if (!onFailure(exception, false)) throw exception;
  };
  try {
    const result = call();
    // A thenable that is no promise may start its work only when it is asked: it is passed on
    // untouched.
    if (types.isPromise(result)) return result.catch(fail);
    if (types.isGeneratorObject(result)) return watchGenerator(result, onFailure);
    return isObservable(result) ? watchObservable(result, onFailure) : result;
  } catch (exception) {
    return fail(exception);
  }
}

function watchObservable(source: Observable<unknown>, onFailure: OnFailure): Observable<unknown> {
  return defer(() => {
    let begun = false;
    return source.pipe(
      tap(() => {
        begun = true;
      }),
      catchError((exception: unknown) => (onFailure(exception, begun) ? EMPTY : throwError(() => exception))),
    );
  });
}

type Step = (value?: unknown) => unknown;

/**
 * A generator function makes a new object for each call: replacing the steps of one touches no
 * other.
 */
function watchGenerator(generator: object, onFailure: OnFailure): object {
  for (const name of ['next', 'throw', 'return'] as const) {
    const step: unknown = (generator as Record<string, unknown>)[name];
    if (typeof step !== 'function') continue;
    const watched: Step = function (...args) {
      const fail = (exception: unknown): unknown => {
        if (!onFailure(exception, true)) throw exception;
        return { done: true, value: undefined };
      };
      try {
        const result: unknown = Reflect.apply(step, generator, args);
        return types.isPromise(result) ? result.catch(fail) : result;
      } catch (exception) {
        return fail(exception);
      }
    };
    Object.defineProperty(generator, name, { value: watched, configurable: true, writable: true });
  }
  return generator;
}
