/** Something did not happen within its time. */
export class DeadlineError extends Error {}

export interface DeadlineOptions {
  /** Aborting it ends the work at once, with its reason. */
  readonly stop?: AbortSignal;
  /** Message of the `DeadlineError`. Default `No answer within … ms.` */
  readonly message?: string;
  /** Keeps the process alive while waiting. Default `false`: a silent receiver must not. */
  readonly holdsProcess?: boolean;
}

/**
 * Runs foreign work that may throw, reject, return no promise or never settle.
 *
 * @param ms rejects with a `DeadlineError` after that many milliseconds
 * @param work gets a signal that is aborted when nobody waits any more, and `renew`, which starts
 *   the time anew: to be called for every sign of life
 */
export async function withDeadline<T>(
  ms: number,
  work: (signal: AbortSignal, renew: () => void) => T | PromiseLike<T>,
  { stop, message = `No answer within ${String(ms)} ms.`, holdsProcess = false }: DeadlineOptions = {},
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const renew = (): void => {
    clearTimeout(timer);
    if (isOver || signal.aborted) return;
    timer = setTimeout(() => controller.abort(new DeadlineError(message)), ms);
    if (!holdsProcess) timer.unref();
  };
  const onStop = (): void => controller.abort(stop?.reason);
  try {
    return await new Promise<T>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      if (stop?.aborted) return onStop();
      stop?.addEventListener('abort', onStop, { once: true });
      renew();
      Promise.resolve(work(signal, renew)).then(resolve, reject);
    });
  } finally {
    isOver = true;
    clearTimeout(timer);
    stop?.removeEventListener('abort', onStop);
  }
}

/**
 * Waits for a promise, but not longer than `ms`, and keeps the process alive meanwhile. Returns
 * whether it was there in time. Rejects only if the promise does.
 */
export async function settledWithin(ms: number, promise: PromiseLike<unknown>): Promise<boolean> {
  let isLate = (): boolean => false;
  const waiting = (signal: AbortSignal): PromiseLike<unknown> => {
    isLate = () => signal.aborted;
    return promise;
  };
  try {
    await withDeadline(ms, waiting, { holdsProcess: true });
    return true;
  } catch (error) {
    if (isLate()) return false;
    throw error;
  }
}
