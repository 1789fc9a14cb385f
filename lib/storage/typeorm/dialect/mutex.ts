import { eventLoopTurn } from '../../../time/pause.js';

/**
 * Lets one piece of work run at a time, in the order of asking, with a turn of the event loop between two of them:
 * work on SQLite never waits for anything, so a queue of it would keep the process from everything else.
 */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined).then(eventLoopTurn);
    return result;
  }
}
