/** Waits about `ms` milliseconds, shorter or longer by half, so that competitors do not meet again at the same moment. */
export function pauseAbout(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms * (0.5 + Math.random()));
  });
}

/** Rejects when `work` takes longer than `ms`, after `giveUp` had a chance to break off what it waits for. */
export function within<T>(ms: number, work: Promise<T>, giveUp: () => void): Promise<T> {
  return whileAnswering(ms, () => work, giveUp);
}

/**
 * Rejects when nothing was heard for `ms`, after `giveUp` had a chance to break off what is waited for.
 *
 * @param work calls `answered` for every sign of life
 */
export async function whileAnswering<T>(
  ms: number,
  work: (answered: () => void) => Promise<T>,
  giveUp: () => void,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let expire: () => void = () => undefined;
  const expired = new Promise<never>((_, reject) => {
    expire = () => {
      giveUp();
      reject(new Error(`The tracker's database did not answer within ${String(ms / 1000)} seconds.`));
    };
  });
  const answered = (): void => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(expire, ms).unref();
  };
  answered();
  try {
    return await Promise.race([work(answered), expired]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}
