import type { Severity } from '../../event/error-event.js';
import { siteOf } from '../../intake/failure.js';
import type { Intake } from '../../intake/intake.js';
import type { LogLevel } from '../../options/log-options.js';
import type { ResolvedOptions } from '../../options/resolved-options.js';
import { currentScope } from '../../scope/scope-storage.js';
import { activeTracker } from '../active-trackers.js';
import { reaches, type LogLine } from './log-line.js';

const SEVERITY: Readonly<Record<LogLevel, Severity>> = {
  fatal: 'fatal',
  error: 'error',
  warn: 'warning',
  log: 'info',
  debug: 'info',
  verbose: 'info',
};

/** The tracker's own lines are left out. */
const OWN_CONTEXT = 'ErrorTracker';

/** Makes an event or a breadcrumb of a line, or nothing, as `capture.logger` says. Never throws. */
export function captureLogLine(line: LogLine): void {
  try {
    const intake = activeTracker()?.intake;
    if (intake && line.context !== OWN_CONTEXT) reportOrNote(intake, line, intake.logging);
  } catch {
    // The application's logger writes the line whatever happens here.
  }
}

function reportOrNote(
  intake: Intake,
  line: LogLine,
  { level, breadcrumbs, contexts, ignoreContexts }: ResolvedOptions['capture']['logger'],
): void {
  const { context = '' } = line;
  if (contexts && !matches(contexts, context)) return;
  if (matches(ignoreContexts, context)) return;
  if (reaches(line.level, level)) report(intake, line);
  else if (reaches(line.level, breadcrumbs)) {
    const scope = currentScope();
    if (!scope) return;
    intake.keepBreadcrumb(scope, {
      at: Date.now(),
      type: 'log',
      level: SEVERITY[line.level],
      message: line.message,
      ...(line.context !== undefined && { data: { context: line.context } }),
    });
  }
}

function report(intake: Intake, line: LogLine): void {
  const { level, message, context } = line;
  const scope = currentScope();
  if (line.logged !== undefined && intake.wasCaptured(line.logged, 'log', scope)) return;
  const exception = line.exception ?? (line.stack === undefined ? undefined : errorOf(message, line.stack));
  intake.report({
    ...(exception === undefined ? { message } : { exception }),
    site: siteOf('log', scope),
    scope,
    handled: true,
    severity: SEVERITY[level],
    severityReason: 'log-level',
    ...(context !== undefined && { transaction: context }),
    contexts: { log: { level, context, ...(exception !== undefined && { message }) } },
  });
}

/** An exception of which only the message and the text of the stack were logged. */
function errorOf(message: string, stack: string): Error {
  const [, name = 'Error', own = message] =
    /^(?:Uncaught )?([\w$.]*(?:Error|Exception)[\w$]*)(?:: (.*))?$/m.exec(stack) ?? [];
  const error = new Error(own);
  Object.defineProperty(error, 'name', { value: name });
  error.stack = stack;
  return error;
}

function matches(patterns: readonly (string | RegExp)[], context: string): boolean {
  return patterns.some((pattern) =>
    typeof pattern === 'string' ? pattern === context : new RegExp(pattern).test(context),
  );
}
