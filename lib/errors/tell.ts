import { Logger } from '@nestjs/common';

const logger = new Logger('ErrorTracker');

/**
 * Says one line about the tracker itself, without payload. The application's logger may fail as well, and nobody
 * listens to the promises of the background.
 */
export function tell(level: 'log' | 'warn' | 'error', line: string): void {
  try {
    logger[level](line);
  } catch {
    // There is nowhere left to say it.
  }
}
