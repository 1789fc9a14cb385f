import type { DataSourceOptions } from 'typeorm';
import type { Breadcrumb, EventDraft, Severity, UserInfo } from '../event/error-event.js';

/** Everything the application may say; every field has a default. Unknown or ill-typed fields fail the boot. */
export interface ErrorTrackerOptions {
  /** `false` switches the tracker off: nothing is captured, stored or opened. Default `true`. */
  enabled?: boolean;
  /** Name of the deployment, e.g. `production`. Default `NODE_ENV`, else `production`. */
  environment?: string;
  /**
   * Environments in which anything is captured (Bugsnag's `notify_release_stages`); in all others nothing is, while the
   * dashboard stays open. Default all.
   */
  environments?: readonly string[];
  /**
   * Version of the application. Default `npm_package_version`, else the version in `<projectRoot>/package.json`, else the
   * commit that a CI or hosting platform names in the environment (`GITHUB_SHA`, `CI_COMMIT_SHA`, …).
   */
  release?: string;
  /** Absolute path of the application's code; frames inside it are in-app. Default `process.cwd()`. */
  projectRoot?: string;
  /**
   * TypeORM options of the tracker's own connection: SQLite (`better-sqlite3`), PostgreSQL, MySQL or MariaDB; or
   * `{ dataSource: 'default' }` for a connection of its own to the database of that data source of the application.
   * `entities`, `migrations`, `synchronize` and `name` are the tracker's.
   * Default: an SQLite file `error-tracker.sqlite` in `projectRoot`, through better-sqlite3 or else libsql.
   */
  database?: DataSourceOptions | HostDataSource;
  capture?: CaptureOptions;
  masking?: MaskingOptions;
  limits?: LimitOptions;
  delivery?: DeliveryOptions;
  retention?: RetentionOptions;
  mail?: MailOptions;
  admin?: AdminOptions;
  /**
   * Sees every event before it is masked and stored, and may edit it. Only a literal `false` drops the event;
   * a hook that throws or takes longer than 500 ms keeps it as it was (Bugsnag's `before_notify`). Of several hooks each
   * sees what the one before it made; how the severity came about is not theirs to say.
   */
  beforeCapture?: BeforeCapture | readonly BeforeCapture[];
}

/** Names a data source that the application registers with `TypeOrmModule`; `default` is the one without a name. */
export interface HostDataSource {
  dataSource: string;
}

/** What a hook may look at besides the event. The request is the live one: read it, change nothing. */
export interface CaptureContext {
  readonly exception: unknown;
  /** The framework's request object, where there is one. */
  readonly request: unknown;
}

export type BeforeCapture = (
  event: EventDraft,
  hint: CaptureContext,
) => EventDraft | false | undefined | void | Promise<EventDraft | false | undefined | void>;

/** An exception class (subclasses included), the name of one, a pattern for its message, or a predicate. */
export type IgnoreRule =
  (abstract new (...args: never[]) => unknown) | string | RegExp | ((exception: unknown) => boolean);

/**
 * What to do with the exceptions that match. Of several rules the most specific one decides, whatever their order: a
 * predicate or pattern before a status, a status before a class, a class before the classes above it (Flask).
 */
export interface CaptureRule {
  /** An exception class, the name of one, a pattern for its message, a predicate, or an HTTP status. */
  readonly match: IgnoreRule | number;
  /** `ignore` never captures, `capture` does even where the default would not. Default `capture`. */
  readonly action?: 'capture' | 'ignore';
  /** Overrides what the door or the caller would say. */
  readonly severity?: Severity;
  /** Groups by this; `{{default}}` among the parts stands for the built-in way. */
  readonly fingerprint?: readonly string[];
  /** Whether a new issue is mailed, posted and ticketed. Default `true`, but for hostile input (`category: security`). */
  readonly alert?: boolean;
}

/** Levels of Nest's loggers, the worst first. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'log' | 'debug' | 'verbose';

/** What becomes of the lines that pass an `ErrorTrackerLogger` or one of its kind. */
export interface LogOptions {
  /** Lines of this level and worse are events. Default `error`; `false` makes none. */
  level?: LogLevel | false;
  /** Lines of this level and worse that are no events are breadcrumbs. Default `debug`; `false` makes none. */
  breadcrumbs?: LogLevel | false;
  /** Only lines of these contexts are looked at. Default all. */
  contexts?: readonly (string | RegExp)[];
  /** Lines of these contexts are not looked at. Default none. */
  ignoreContexts?: readonly (string | RegExp)[];
}

/** What leaves breadcrumbs by itself, in requests and jobs that have a scope. */
export interface BreadcrumbOptions {
  /** Requests that are sent by `http`, `https` and `fetch`, without the values of their queries. Default `true`. */
  outgoing?: boolean;
  /** Queries of the application's TypeORM data sources, without values. Default `false`. */
  queries?: boolean;
  /**
   * Sees every breadcrumb before it is kept, and may change it. Only a literal `false` drops it; one that throws keeps it
   * as it was.
   */
  before?: (breadcrumb: Breadcrumb) => Breadcrumb | false | undefined | void;
}

export interface RequestOptions {
  /** Names of the headers that are kept, or whether any are. Default `true`. */
  headers?: boolean | readonly string[];
  /** Default `true`. */
  cookies?: boolean;
  /** Default `true`. */
  body?: boolean;
  /** The client's address, and headers that carry it. Default `true`. */
  ip?: boolean;
}

export interface CaptureOptions {
  /** HTTP statuses that count: a list, or a predicate; one that throws stands for the default. Default: 500 and above. */
  httpStatus?: readonly number[] | ((status: number) => boolean);
  /** Exceptions that are never captured. Default none. */
  ignore?: readonly IgnoreRule[];
  /** Finer than `ignore`, and stronger: by class, status or predicate. Default none. */
  rules?: readonly CaptureRule[];
  /** Share of the events that are taken, 0 to 1; the others are counted as left out. Default 1. */
  sampleRate?: number;
  /** Of a queue's job that fails: every attempt, or only the one after which it is given up. Default `all`. */
  jobAttempts?: 'all' | 'last';
  /** Capture what ends the process. It still ends as Node decides. Default `true`. */
  uncaughtException?: boolean;
  /** Capture rejections that nobody handles. What Node does about them stays the same. Default `true`. */
  unhandledRejection?: boolean;
  /**
   * Show the source lines around the application's own frames, and where source maps are on disk the code as it was written.
   * Read in the background, from files inside `projectRoot` only. Default `true`.
   */
  sourceLines?: boolean;
  /**
   * Show the variables of the application's own functions as they were at the throw, masked. Costs an inspector session in a
   * worker thread, and up to a millisecond for each of at most 20 exceptions a second. Default `false`.
   */
  localVariables?: boolean;
  /**
   * Frames that Node records of every error of the process (`Error.stackTraceLimit`). Every error pays for it, and the stacks
   * in the application's own log lines grow with it. Default: left as it is, 10 unless somebody changed it.
   */
  stackTraceLimit?: number;
  /** Parts of paths, or patterns for them, of files that are the application's although they seem not to be: `/@acme/`. Default none. */
  inApp?: readonly (string | RegExp)[];
  /** The same for files that are not: wrappers that every call passes, e.g. `src/common/retry`. Default none. */
  notInApp?: readonly (string | RegExp)[];
  breadcrumbs?: BreadcrumbOptions;
  /** What of an HTTP request is kept, masked. */
  request?: RequestOptions;
  /**
   * Tells who a request is for. Default: `id`, `email`, `username`, `name` of `request.user`, as Passport-like guards put it
   * there. One that throws tells nobody.
   */
  userExtractor?: (request: unknown) => UserInfo | undefined;
  /** For applications that use `ErrorTrackerLogger` or one of the adapters for other loggers. */
  logger?: LogOptions;
  /** Name of a response header that carries the event id, e.g. `X-Error-Id`. Default `false`: responses stay untouched. */
  errorIdHeader?: string | false;
}

export interface MaskingOptions {
  /** Further parts of key names whose values are masked; case and separators do not matter. */
  keys?: readonly string[];
  /** Key names that are shown although a rule would mask them. */
  allow?: readonly string[];
  /** Further patterns masked inside text; keep them linear, they run over hostile input. */
  patterns?: readonly RegExp[];
  /** What stands in place of a secret. Default `[masked]`. */
  replacement?: string;
}

export interface LimitOptions {
  /** Breadcrumbs kept per scope, 0 to 100. Default 25. */
  maxBreadcrumbs?: number;
  /** Characters kept of one string. Default 4096. */
  stringLength?: number;
  /** Levels of nesting kept. Default 8. */
  depth?: number;
  /** Entries kept of one object, array, map or set. Default 100. */
  entries?: number;
  /** Values kept of one event in all. Default 2000. */
  nodes?: number;
  /** Bytes of one event as stored. Default 32768. */
  eventBytes?: number;
  /** Bytes of kept events held in memory between two flushes; beyond it events are only counted. Default 8388608. */
  pendingBytes?: number;
  /**
   * Bugs that become issues of their own in one minute, in each process; what is new beyond that goes into one issue for each
   * type of exception. Default 100.
   */
  newIssuesPerMinute?: number;
  /** Different bugs held in memory between two flushes; events of further ones are counted as dropped. Default 1000. */
  pendingIssues?: number;
}

export interface DeliveryOptions {
  /** Pause between two flushes of known issues, in milliseconds; new issues are flushed at once. Default 1000. */
  flushIntervalMs?: number;
  /** Longest pause between two attempts while the database is away, in milliseconds. Default 15000. */
  retryMaxMs?: number;
  /** How long the shutdown may wait for the last flush, in milliseconds. Default 3000. */
  shutdownTimeoutMs?: number;
  /** How long one notifier or ticket tracker may take for one alert, in milliseconds. Default 10000. */
  notifyTimeoutMs?: number;
  /**
   * Absolute path of the folder where a process that ends with events in memory leaves them; the next start stores them.
   * Default: the folder of the SQLite file, else the system's temporary one; none for an SQLite database in memory. In
   * containers, name one that survives.
   */
  journalFolder?: string;
}

/** What stays in the store, and for how long. Counts of events are exact whatever is removed. */
export interface RetentionOptions {
  /** Days that events are kept. Default 30. */
  eventDays?: number;
  /** Events kept of one issue: the newer half, the first, and others at even distances. Default 100. */
  eventsPerIssue?: number;
  /** Events kept in all; beyond it the fullest issues lose some. Default 100000. */
  events?: number;
  /** Days after which a resolved issue is removed that nothing happened to; open and muted ones stay. Default 90. */
  quietIssueDays?: number;
  /** Days that events are counted by the hour. Default 30. */
  hourlyDays?: number;
  /** Days that events are counted at all, by the day once they are no longer counted by the hour. Default 365. */
  dailyDays?: number;
}

export interface MailOptions {
  /**
   * Transport of `@nestjs-modules/mailer`: nodemailer options or an `smtp://` address.
   * Default: the application's own `MailerModule`.
   */
  transport?: string | object;
  /** Sender, e.g. `Shop errors <errors@shop.example>`. */
  from: string;
  /** Who gets a mail for every new issue. */
  admins: readonly string[];
  /** Put in front of every subject. Default `[<app> <environment>]`. */
  subjectPrefix?: string;
}

export interface AdminOptions {
  /** Where the dashboard is mounted, below the application's global prefix. Default `errors`. */
  path?: string;
  /**
   * Public address of the dashboard, e.g. `https://shop.example/errors`, for links in mails and tickets. It is never
   * guessed from a request. Default: mails and tickets carry no link.
   */
  baseUrl?: string;
  /** Issues on one page of the list, 1 to 200. Default 25. */
  pageSize?: number;
  /** Name of the application as the dashboard and the mails show it. Default: `name` in `<projectRoot>/package.json`. */
  title?: string;
}
