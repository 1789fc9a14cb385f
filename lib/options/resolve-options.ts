import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { sectionChecks, topChecks } from './option-table.js';
import { namedCommit, oneLine, projectRoot, readProjectFacts } from './project-facts.js';
import type { ProjectFacts } from './project-facts.js';
import type { Given } from './read-fields.js';
import { readSection } from './read-section.js';
import type { ResolvedMail, ResolvedOptions } from './resolved-options.js';

type Sections = typeof sectionChecks;

const NONE: readonly never[] = Object.freeze([]);

/**
 * Checks what the application said and fills in the defaults. The result is deeply frozen; what the caller
 * passed is left alone, and `database`, `mail.transport`, classes, patterns and functions are kept by reference.
 *
 * @throws {ErrorTrackerConfigurationError} for an unknown, ill-typed or impossible option
 */
export function resolveOptions(options: unknown): ResolvedOptions {
  const top = readSection('', options, topChecks, Object.keys(sectionChecks));
  const sections = (options ?? {}) as Readonly<Record<keyof Sections, unknown>>;
  const root = top.projectRoot ?? projectRoot(process.cwd(), 'projectRoot');
  const facts = readProjectFacts(root);
  const environment = top.environment ?? oneLine(process.env['NODE_ENV'], 64) ?? 'production';
  const admin = resolveAdmin(readSection('admin', sections.admin, sectionChecks.admin), facts);
  const enabled = top.enabled ?? true;
  return Object.freeze({
    enabled,
    capturing: enabled && (top.environments?.includes(environment) ?? true),
    environment,
    release:
      top.release ?? oneLine(process.env['npm_package_version'], 200) ?? facts.version ?? namedCommit(),
    projectRoot: root,
    database: top.database,
    capture: resolveCapture(readSection('capture', sections.capture, sectionChecks.capture)),
    masking: resolveMasking(readSection('masking', sections.masking, sectionChecks.masking)),
    limits: resolveLimits(readSection('limits', sections.limits, sectionChecks.limits)),
    delivery: resolveDelivery(
      readSection('delivery', sections.delivery, sectionChecks.delivery),
      journalFolder(top.database, root),
    ),
    retention: resolveRetention(readSection('retention', sections.retention, sectionChecks.retention)),
    mail:
      sections.mail === undefined
        ? undefined
        : resolveMail(readSection('mail', sections.mail, sectionChecks.mail), admin.title, environment),
    admin,
    beforeCapture: Object.freeze([top.beforeCapture ?? NONE].flat()),
  });
}

const serverErrors = (status: number): boolean => status >= 500;

function resolveCapture(given: Given<Sections['capture']>): ResolvedOptions['capture'] {
  const logger = given.logger ?? {};
  return Object.freeze({
    httpStatus: given.httpStatus ?? serverErrors,
    ignore: given.ignore ?? NONE,
    rules: given.rules ?? NONE,
    sampleRate: given.sampleRate ?? 1,
    jobAttempts: given.jobAttempts ?? 'all',
    uncaughtException: given.uncaughtException ?? true,
    unhandledRejection: given.unhandledRejection ?? true,
    sourceLines: given.sourceLines ?? true,
    localVariables: given.localVariables ?? false,
    stackTraceLimit: given.stackTraceLimit,
    inApp: given.inApp ?? NONE,
    notInApp: given.notInApp ?? NONE,
    breadcrumbs: Object.freeze({ outgoing: true, queries: false, before: undefined, ...given.breadcrumbs }),
    request: Object.freeze({ headers: true, cookies: true, body: true, ip: true, ...given.request }),
    userExtractor: given.userExtractor,
    logger: Object.freeze({
      level: logger.level ?? 'error',
      breadcrumbs: logger.breadcrumbs ?? 'debug',
      contexts: logger.contexts,
      ignoreContexts: logger.ignoreContexts ?? NONE,
    }),
    errorIdHeader: given.errorIdHeader ?? false,
  });
}

function resolveMasking(given: Given<Sections['masking']>): ResolvedOptions['masking'] {
  const { keys = NONE, allow = NONE, patterns = NONE, replacement = '[masked]' } = given;
  const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const both = keys.find((key) => allow.some((allowed) => bare(allowed) === bare(key)));
  if (both !== undefined) {
    throw new ErrorTrackerConfigurationError(
      `Options "masking.keys" and "masking.allow" both name ${JSON.stringify(both)}.`,
      'Keep it in one of them.',
    );
  }
  return Object.freeze({ keys, allow, patterns, replacement });
}

function resolveLimits(given: Given<Sections['limits']>): ResolvedOptions['limits'] {
  const limits = {
    maxBreadcrumbs: 25,
    stringLength: 4096,
    depth: 8,
    entries: 100,
    nodes: 2000,
    eventBytes: 32_768,
    pendingBytes: 8_388_608,
    newIssuesPerMinute: 100,
    pendingIssues: 1000,
    ...given,
  };
  if (limits.stringLength > limits.eventBytes) {
    throw new ErrorTrackerConfigurationError(
      `Option "limits.stringLength" (${limits.stringLength}) is larger than "limits.eventBytes" (${limits.eventBytes}).`,
      'A string cannot be longer than the event it is in: lower one or raise the other.',
    );
  }
  if (limits.eventBytes > limits.pendingBytes) {
    throw new ErrorTrackerConfigurationError(
      `Option "limits.eventBytes" (${limits.eventBytes}) is larger than "limits.pendingBytes" (${limits.pendingBytes}).`,
      'No event would fit into memory: lower one or raise the other.',
    );
  }
  return Object.freeze(limits);
}

/** Beside the embedded database, whose folder is known to last; none for one that itself does not. */
function journalFolder(database: ResolvedOptions['database'], root: string): string | undefined {
  if (database === undefined) return root;
  if ('dataSource' in database || database.type !== 'better-sqlite3') return tmpdir();
  const file = String(database.database);
  return file === ':memory:' || file === '' ? undefined : dirname(resolve(file));
}

function resolveDelivery(
  given: Given<Sections['delivery']>,
  defaultJournalFolder: string | undefined,
): ResolvedOptions['delivery'] {
  const flushIntervalMs = given.flushIntervalMs ?? 1000;
  const delivery = {
    flushIntervalMs,
    retryMaxMs: given.retryMaxMs ?? Math.max(15_000, flushIntervalMs),
    shutdownTimeoutMs: given.shutdownTimeoutMs ?? 3000,
    notifyTimeoutMs: given.notifyTimeoutMs ?? 10_000,
    journalFolder: given.journalFolder ?? defaultJournalFolder,
  };
  if (delivery.retryMaxMs < flushIntervalMs) {
    throw new ErrorTrackerConfigurationError(
      `Option "delivery.retryMaxMs" (${delivery.retryMaxMs}) is shorter than "delivery.flushIntervalMs" (${flushIntervalMs}).`,
      'A failing database would be asked more often than a healthy one: raise it.',
    );
  }
  return Object.freeze(delivery);
}

function resolveRetention(given: Given<Sections['retention']>): ResolvedOptions['retention'] {
  const retention = {
    ...{ eventDays: 30, eventsPerIssue: 100, events: 100_000, quietIssueDays: 90 },
    ...{ hourlyDays: 30, dailyDays: Math.max(365, given.hourlyDays ?? 30) },
    ...given,
  };
  if (retention.dailyDays < retention.hourlyDays) {
    throw new ErrorTrackerConfigurationError(
      `Option "retention.dailyDays" (${retention.dailyDays}) is shorter than "retention.hourlyDays" (${retention.hourlyDays}).`,
      'Counts are by the hour first and by the day after that: raise it.',
    );
  }
  return Object.freeze(retention);
}

function resolveMail(given: Given<Sections['mail']>, title: string, environment: string): ResolvedMail {
  const { from, admins } = given;
  if (from === undefined || admins === undefined) {
    throw new ErrorTrackerConfigurationError(
      `Option "mail.${from === undefined ? 'from' : 'admins'}" is missing.`,
      'Mail needs "from" and "admins"; leave "mail" out to send none.',
    );
  }
  const subjectPrefix = given.subjectPrefix ?? `[${title} ${environment}]`;
  return Object.freeze({ transport: given.transport, from, admins, subjectPrefix });
}

function resolveAdmin(given: Given<Sections['admin']>, facts: ProjectFacts): ResolvedOptions['admin'] {
  return Object.freeze({
    path: given.path ?? 'errors',
    baseUrl: given.baseUrl,
    pageSize: given.pageSize ?? 25,
    title: given.title ?? facts.name ?? 'application',
  });
}
