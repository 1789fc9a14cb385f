import { Logger } from '@nestjs/common';

const logger = new Logger('ErrorTracker');

/**
 * Says one line about the tracker itself, without payload. The application's logger may fail as well, and nobody
 * listens to the promises of the background.
 */
export function tell(level: 'log' | 'warn' | 'error', line: string): void {
  try {
    outliving([process.stdout, process.stderr], () => {
      logger[level](line);
    });
  } catch {
    // There is nowhere left to say it.
  }
}

/** Whoever read the output may be gone: an application that says nothing itself must not end by what the tracker says. */
function outliving(streams: readonly NodeJS.WriteStream[], write: () => void): void {
  for (const stream of streams) stream.on('error', ignore);
  setImmediate(() => {
    for (const stream of streams) stream.off('error', ignore);
  });
  write();
}

function ignore(): void {
  // The stream fails for everybody who writes to it, and everybody hears of it by himself.
}
