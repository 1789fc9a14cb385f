import type { LoggerService } from '@nestjs/common';

export interface LogLine {
  readonly level: string;
  readonly context: string;
  readonly text: string;
}

/** Keeps what Nest logs, errors with their stacks. */
export class RecordingLogger implements LoggerService {
  readonly lines: LogLine[] = [];

  log = this.recorder('log');
  error = this.recorder('error');
  warn = this.recorder('warn');
  debug = this.recorder('debug');
  verbose = this.recorder('verbose');
  fatal = this.recorder('fatal');

  /** What the application logged while it answered, without the lines of its start. */
  get sinceStart(): readonly LogLine[] {
    const start = this.lines.findIndex(({ text }) => text.includes('successfully started'));
    return this.lines.slice(start + 1);
  }

  private recorder(level: string): (message: unknown, ...rest: unknown[]) => void {
    return (message, ...rest) => {
      const context = rest.length > 0 ? String(rest.at(-1)) : '';
      const parts = [message, ...rest.slice(0, -1)].map((part) =>
        part instanceof Error ? (part.stack ?? String(part)) : String(part),
      );
      this.lines.push({ level, context, text: parts.join('\n') });
    };
  }
}
