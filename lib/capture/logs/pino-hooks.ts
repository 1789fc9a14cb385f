import type { LogLevel } from '../../options/log-options.js';
import { openScopes } from '../../scope/scope-storage.js';
import { isError } from '../../values/type-guards.js';
import { captureLogLine } from './capture-log-line.js';
import { logText } from './log-line.js';

/** The part of pino's `hooks` that is used; the package is the application's choice. */
export interface PinoHooks {
  logMethod(this: unknown, args: unknown[], method: (...args: unknown[]) => void, level: number): void;
}

/**
 * Hooks for pino, for loggers that Nest's `Logger` does not feed: `pino({ hooks: pinoHooks() })`.
 * Lines become events and breadcrumbs as with `ErrorTrackerLogger`.
 */
export function pinoHooks(): PinoHooks {
  openScopes();
  return {
    logMethod(args, method, level) {
      const [first, second] = args;
      const fields = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
      captureLogLine({
        level: levelOf(level),
        message: logText(typeof first === 'string' ? first : (second ?? fields['msg'] ?? first)),
        exception: [first, fields['err'], fields['error'], ...args.slice(1)].find(isError),
        context: typeof fields['context'] === 'string' ? fields['context'] : undefined,
      });
      Reflect.apply(method, this, args);
    },
  };
}

function levelOf(level: number): LogLevel {
  if (level >= 60) return 'fatal';
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  if (level >= 30) return 'log';
  return level >= 20 ? 'debug' : 'verbose';
}
