import { admins, mailbox, transport } from './mail-checks.js';
import {
  beforeCapture,
  breadcrumbs,
  captureRules,
  errorIdHeader,
  httpStatus,
  ignoreRules,
  logger,
  pathRules,
  request,
} from './capture-checks.js';
import { keyNames, patterns } from './masking-checks.js';
import { callback, flag, integer, line, listOf, oneOf, rawLine, share } from './option-checks.js';
import type { Check } from './option-checks.js';
import { database } from './database-check.js';
import { mountPath, publicUrl } from './admin-checks.js';
import { folder, projectRoot } from './project-facts.js';
import type {
  AdminOptions,
  CaptureOptions,
  DeliveryOptions,
  ErrorTrackerOptions,
  LimitOptions,
  MailOptions,
  MaskingOptions,
  RetentionOptions,
} from './error-tracker-options.js';

/** A check for every field, so that a new option without one does not compile. */
type Checks<T> = { readonly [K in keyof Required<T>]: Check<NonNullable<T[K]>> };

type Sections = 'capture' | 'masking' | 'limits' | 'delivery' | 'retention' | 'mail' | 'admin';

export const topChecks: Checks<Omit<ErrorTrackerOptions, Sections>> = {
  enabled: flag,
  environment: line(64),
  release: line(200),
  projectRoot,
  database,
  environments: listOf(line(64), 'environment names'),
  beforeCapture,
};

export const captureChecks: Checks<CaptureOptions> = {
  httpStatus,
  ignore: ignoreRules,
  rules: captureRules,
  sampleRate: share,
  jobAttempts: oneOf('all', 'last'),
  uncaughtException: flag,
  unhandledRejection: flag,
  sourceLines: flag,
  localVariables: flag,
  stackTraceLimit: integer(1, 200),
  inApp: pathRules,
  notInApp: pathRules,
  breadcrumbs,
  request,
  userExtractor: callback<NonNullable<CaptureOptions['userExtractor']>>(),
  logger,
  errorIdHeader,
};

export const maskingChecks: Checks<MaskingOptions> = {
  keys: keyNames,
  allow: keyNames,
  patterns,
  replacement: line(40),
};

export const limitChecks: Checks<LimitOptions> = {
  maxBreadcrumbs: integer(0, 100),
  stringLength: integer(64, 16_384),
  depth: integer(1, 32),
  entries: integer(1, 10_000),
  nodes: integer(10, 100_000),
  eventBytes: integer(4_096, 1_048_576),
  pendingBytes: integer(65_536, 1_073_741_824),
  newIssuesPerMinute: integer(1, 1_000_000),
  pendingIssues: integer(1, 100_000),
};

export const deliveryChecks: Checks<DeliveryOptions> = {
  flushIntervalMs: integer(10, 3_600_000),
  retryMaxMs: integer(10, 3_600_000),
  shutdownTimeoutMs: integer(0, 600_000),
  notifyTimeoutMs: integer(100, 600_000),
  journalFolder: folder,
};

export const retentionChecks: Checks<RetentionOptions> = {
  eventDays: integer(1, 36_500),
  eventsPerIssue: integer(1, 100_000),
  events: integer(1, 1_000_000_000),
  quietIssueDays: integer(1, 36_500),
  hourlyDays: integer(1, 36_500),
  dailyDays: integer(1, 36_500),
};

export const mailChecks: Checks<MailOptions> = {
  transport,
  from: mailbox,
  admins,
  subjectPrefix: rawLine(100),
};

export const adminChecks: Checks<AdminOptions> = {
  path: mountPath,
  baseUrl: publicUrl,
  pageSize: integer(1, 200),
  title: line(100),
};

export const sectionChecks = {
  capture: captureChecks,
  masking: maskingChecks,
  limits: limitChecks,
  delivery: deliveryChecks,
  retention: retentionChecks,
  mail: mailChecks,
  admin: adminChecks,
} as const;

/** Every option path there is. */
export const KNOWN_PATHS: readonly string[] = [
  ...Object.keys(topChecks),
  ...Object.entries(sectionChecks).flatMap(([section, checks]) => [
    section,
    ...Object.keys(checks).map((key) => `${section}.${key}`),
  ]),
];
