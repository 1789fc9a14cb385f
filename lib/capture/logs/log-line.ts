import type { LogLevel } from '../../options/log-options.js';

/** One line on its way to a log, whichever logger it is for. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  /**
   * What was logged, if it may be the thing that was thrown: Nest logs everything that it
   * answers with 500.
   */
  readonly logged?: unknown;
  /** The exception that was logged, or that came with what was logged. */
  readonly exception?: unknown;
  /** The text of a stack that was logged without its exception. */
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

/** The text of anything that may be logged. It is bounded later, when the line is kept. */
export function logText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    if (value instanceof Error) return value.message;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  } catch {
    return 'unreadable';
  }
}
