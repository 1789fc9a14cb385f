import type { LogLevel } from '../../options/log-options.js';

/** One line on its way to a log, whichever logger it is for. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  /** What `message` is the text of, where it may be something that was thrown: Nest logs whatever it answers 500 for. */
  readonly logged?: unknown;
  /** The thing that was logged, if it was an exception, or came with one. */
  readonly exception?: unknown;
  /** Text of a stack that was logged without its exception. */
  readonly stack?: string;
  /** Who logged it. */
  readonly context?: string;
}

/** The worst first. */
const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/** Whether a level is as bad as the threshold, or worse. */
export function reaches(level: LogLevel, threshold: LogLevel | false): boolean {
  return threshold !== false && LEVELS.indexOf(level) <= LEVELS.indexOf(threshold);
}

/** Text of anything that may be logged; lines are bounded when they are kept. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    if (value instanceof Error) return value.message;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  } catch {
    return 'unreadable';
  }
}
