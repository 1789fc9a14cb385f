import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import type { LogLevel } from '../../options/log-options.js';
import { openScopes } from '../../scope/scope-storage.js';
import { isError } from '../../values/type-guards.js';
import { captureLogLine } from './capture-log-line.js';
import { logText } from './log-line.js';

/**
 * Wraps any `LoggerService`: `app.useLogger(new ErrorTrackerLogger(app.get(MyLogger)))`. Lines are
 * written as before. Those of level `error` and worse become events too, with the frames of the
 * logged stack. Milder ones become breadcrumbs of the request or job they are logged in.
 * `capture.logger` sets the levels and contexts.
 */
export class ErrorTrackerLogger implements LoggerService {
  constructor(private readonly inner: LoggerService = new ConsoleLogger()) {
    openScopes();
  }

  log(message: unknown, ...rest: unknown[]): void {
    capture('log', message, rest);
    this.inner.log(message, ...rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    capture('error', message, rest);
    this.inner.error(message, ...rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    capture('warn', message, rest);
    this.inner.warn(message, ...rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    capture('debug', message, rest);
    this.inner.debug?.(message, ...rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    capture('verbose', message, rest);
    this.inner.verbose?.(message, ...rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    capture('fatal', message, rest);
    if (this.inner.fatal) this.inner.fatal(message, ...rest);
    else this.inner.error(message, ...rest);
  }

  setLogLevels(levels: Parameters<NonNullable<LoggerService['setLogLevels']>>[0]): void {
    this.inner.setLogLevels?.(levels);
  }
}

const STACK = /^(?:.|\n)*?\n\s+at .+/;

/**
 * Nest hands over the message, for errors perhaps a stack, further messages, and the context last.
 */
function capture(level: LogLevel, message: unknown, rest: readonly unknown[]): void {
  const texts = rest.filter((part) => typeof part === 'string');
  const stack = texts.find((text) => STACK.test(text.slice(0, 4096)));
  const last = rest.at(-1);
  captureLogLine({
    level,
    message: logText(message),
    logged: message,
    exception: [message, ...rest].find(isError),
    stack,
    context: typeof last === 'string' && last !== stack ? last : undefined,
  });
}
