/**
 * Runs foreign work that may throw, reject, return no promise or never settle.
 *
 * @param ms rejects after that many milliseconds, and aborts the signal handed to the work
 * @param stop aborting it does the same at once
 */
export async function withDeadline<T>(
  ms: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const controller = new AbortController();
  let onStop = (): void => undefined;
  // A silent receiver must not keep a process alive that has nothing else to do, hence `unref`.
  const timer = setTimeout(() => controller.abort(new Error(`No answer within ${ms} ms.`)), ms).unref();
  try {
    return await new Promise<T>((resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), {
        once: true,
      });
      onStop = () => controller.abort(stop.reason);
      if (stop.aborted) return onStop();
      stop.addEventListener('abort', onStop, { once: true });
      Promise.resolve()
        .then(() => work(controller.signal))
        .then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
  }
}
