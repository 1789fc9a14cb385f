import type { DataSourceOptions } from 'typeorm';
import type { EventDraft } from '../event/error-event.js';

/** Everything the application may say; every field has a default. Unknown or ill-typed fields fail the boot. */
export interface ErrorTrackerOptions {
  /** `false` switches the tracker off: nothing is captured, stored or opened. Default `true`. */
  enabled?: boolean;
  /** Name of the deployment, e.g. `production`. Default `NODE_ENV`, else `production`. */
  environment?: string;
  /** Version of the application. Default `npm_package_version`, else the version in `<projectRoot>/package.json`. */
  release?: string;
  /** Absolute path of the application's code; frames inside it are in-app. Default `process.cwd()`. */
  projectRoot?: string;
  /**
   * TypeORM options of the tracker's own connection: SQLite (`better-sqlite3`), PostgreSQL, MySQL or MariaDB.
   * `entities`, `migrations`, `synchronize` and `name` are the tracker's.
   * Default: an SQLite file `error-tracker.sqlite` in `projectRoot`, through better-sqlite3 or else libsql.
   */
  database?: DataSourceOptions;
  capture?: CaptureOptions;
  masking?: MaskingOptions;
  limits?: LimitOptions;
  delivery?: DeliveryOptions;
  mail?: MailOptions;
  admin?: AdminOptions;
  /**
   * Sees every event before it is masked and stored, and may edit it. Only a literal `false` drops the event;
   * a hook that throws or takes longer than 500 ms keeps it as it was (Bugsnag's `before_notify`).
   */
  beforeCapture?: BeforeCapture;
}

export type BeforeCapture = (
  event: EventDraft,
  hint: { readonly exception: unknown },
) => EventDraft | false | undefined | void | Promise<EventDraft | false | undefined | void>;

/** An exception class (subclasses included), the name of one, a pattern for its message, or a predicate. */
export type IgnoreRule =
  (abstract new (...args: never[]) => unknown) | string | RegExp | ((exception: unknown) => boolean);

export interface CaptureOptions {
  /** HTTP statuses that count: a list, or a predicate. Default: 500 and above. */
  httpStatus?: readonly number[] | ((status: number) => boolean);
  /** Exceptions that are never captured. Default none. */
  ignore?: readonly IgnoreRule[];
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
