export interface PauseOptions {
  /** Keeps the process alive while waiting. Default `true`. */
  readonly holdsProcess?: boolean;
}

/** Waits that many milliseconds. */
export function pause(ms: number, { holdsProcess = true }: PauseOptions = {}): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    if (!holdsProcess) timer.unref();
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
