/** Waits so many milliseconds, and keeps the process alive meanwhile. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/**
 * Waits about `ms` milliseconds, shorter or longer by half, so that competitors do not meet again
 * at the same moment.
 */
export function pauseAbout(ms: number): Promise<void> {
  return pause(ms * (0.5 + Math.random()));
}

/** Lets everything else that is due run first. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
