import { Writable } from 'node:stream';
import type { LogLevel } from '../../options/log-options.js';
import { openScopes } from '../../scope/scope-storage.js';
import { isError } from '../../values/type-guards.js';
import { captureLogLine } from './capture-log-line.js';
import { logText } from './log-line.js';

/** Names of winston's npm and syslog levels. */
const LEVELS: Readonly<Record<string, LogLevel>> = {
  emerg: 'fatal',
  alert: 'fatal',
  crit: 'fatal',
  error: 'error',
  warning: 'warn',
  warn: 'warn',
  notice: 'log',
  info: 'log',
  http: 'debug',
  verbose: 'debug',
  debug: 'debug',
  silly: 'verbose',
};

const LEVEL = Symbol.for('level');
const SPLAT = Symbol.for('splat');

/**
 * A transport for winston, for loggers that Nest's `Logger` does not feed: `createLogger({
 * transports: [new ErrorTrackerTransport()] })`. Lines become events and breadcrumbs as with
 * `ErrorTrackerLogger`.
 */
export class ErrorTrackerTransport extends Writable {
  constructor() {
    super({ objectMode: true });
    openScopes();
  }

  /** Winston calls it for every line. */
  log(info: object, next: () => void): void {
    const fields = info as Record<string | symbol, unknown>;
    const splat: unknown = fields[SPLAT];
    const { stack, context } = fields;
    captureLogLine({
      // The text of the level may be coloured.
      level: LEVELS[String(fields[LEVEL] ?? fields['level'])] ?? 'log',
      message: logText(fields['message']),
      exception: [info, fields['message'], ...(Array.isArray(splat) ? (splat as unknown[]) : [])].find(
        isError,
      ),
      stack: typeof stack === 'string' ? stack : undefined,
      context: typeof context === 'string' ? context : undefined,
    });
    next();
  }

  override _write(info: object, _encoding: BufferEncoding, done: () => void): void {
    this.log(info, done);
  }
}
