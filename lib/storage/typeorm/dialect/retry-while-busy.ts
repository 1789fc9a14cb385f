import { isBusy } from './database-error.js';
import { pauseAbout } from '../../../time/pause.js';

/** How long other writers of the file are waited for. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 2;
const MAX_PAUSE_MS = 40;

/** Waits for SQLite's lock without stopping the process, as the driver's own waiting would. */
export async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(MAX_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await pauseAbout(pause);
    }
  }
}
