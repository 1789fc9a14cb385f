import { ConsoleLogger, type LoggerService } from '@nestjs/common';
import type { LogLevel } from '../../options/log-options.js';
import { openScopes } from '../../scope/scope-storage.js';
import { takeLogLine } from './capture-log-line.js';
import { textOf } from './log-line.js';
import { isError } from '../../values/type-guards.js';

/**
 * Wraps any `LoggerService`: `app.useLogger(new ErrorTrackerLogger(app.get(MyLogger)))`. Lines are written as before; those
 * of level `error` and worse are events as well, with the frames of the logged stack, and milder ones are breadcrumbs of
 * the request or job they are logged in. Levels and contexts are set by `capture.logger`.
 */
export class ErrorTrackerLogger implements LoggerService {
  constructor(private readonly inner: LoggerService = new ConsoleLogger()) {
    openScopes();
  }

  log(message: unknown, ...rest: unknown[]): void {
    take('log', message, rest);
    this.inner.log(message, ...rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    take('error', message, rest);
    this.inner.error(message, ...rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    take('warn', message, rest);
    this.inner.warn(message, ...rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    take('debug', message, rest);
    this.inner.debug?.(message, ...rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    take('verbose', message, rest);
    this.inner.verbose?.(message, ...rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    take('fatal', message, rest);
    if (this.inner.fatal) this.inner.fatal(message, ...rest);
    else this.inner.error(message, ...rest);
  }

  setLogLevels(levels: Parameters<NonNullable<LoggerService['setLogLevels']>>[0]): void {
    this.inner.setLogLevels?.(levels);
  }
}

const STACK = /^(?:.|\n)*?\n\s+at .+/;

/** Nest's order: the message, for errors perhaps a stack, further messages, and the context last. */
function take(level: LogLevel, message: unknown, rest: readonly unknown[]): void {
  const texts = rest.filter((part) => typeof part === 'string');
  const stack = texts.find((text) => STACK.test(text.slice(0, 4096)));
  const last = rest.at(-1);
  takeLogLine({
    level,
    message: textOf(message),
    logged: message,
    exception: [message, ...rest].find(isError),
    stack,
    context: typeof last === 'string' && last !== stack ? last : undefined,
  });
}
