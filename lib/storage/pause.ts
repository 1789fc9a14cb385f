/** Waits about `ms` milliseconds, shorter or longer by half, so that competitors do not meet again at the same moment. */
export function pauseAbout(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms * (0.5 + Math.random()));
  });
}

/** Rejects when `work` takes longer than `ms`, after `giveUp` had a chance to break off what it waits for. */
export async function within<T>(ms: number, work: Promise<T>, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(new Error(`The tracker's database did not answer within ${String(ms / 1000)} seconds.`));
    }, ms);
    timer.unref();
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
