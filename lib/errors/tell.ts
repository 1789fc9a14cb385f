import { Logger } from '@nestjs/common';

const logger = new Logger('ErrorTracker');

/**
 * Logs one line about the tracker itself, without payload. It never throws: the application's
 * logger may fail, and most callers run in the background, where nobody would catch the error.
 */
export function tell(level: 'log' | 'warn' | 'error', line: string): void {
  try {
    outliving([process.stdout, process.stderr], () => {
      logger[level](line);
    });
  } catch {
    // There is no place left to report this to.
  }
}

/**
 * Keeps a closed output from ending the process. The reader of a pipe may be gone, and an
 * application that writes nothing itself would then die of the tracker's line.
 */
function outliving(streams: readonly NodeJS.WriteStream[], write: () => void): void {
  for (const stream of streams) stream.on('error', ignore);
  setImmediate(() => {
    for (const stream of streams) stream.off('error', ignore);
  });
  write();
}

function ignore(): void {
  // Other writers to the stream get the error through listeners of their own.
}
