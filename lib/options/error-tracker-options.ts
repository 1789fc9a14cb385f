import type { DataSourceOptions } from 'typeorm';
import type { EventDraft } from '../event/error-event.js';
import { ADMIN, type AdminOptions } from './admin-options.js';
import { CAPTURE, type CaptureOptions } from './capture-options.js';
import { callback, flag, line, listOf, NONE, type Check } from './checks.js';
import { database, type HostDataSource } from './database-options.js';
import { DELIVERY, type DeliveryOptions } from './delivery-options.js';
import { LIMITS, type LimitOptions } from './limit-options.js';
import { MAIL, type MailOptions } from './mail-options.js';
import { MASKING, type MaskingOptions } from './masking-options.js';
import { computed, option, optional, type OptionTable } from './option.js';
import { existingFolder, namedCommit, readProjectFacts, variable } from './project-facts.js';
import { RETENTION, type RetentionOptions } from './retention-options.js';

/** Everything the application may say. Unknown and ill-typed options fail the boot. */
export interface ErrorTrackerOptions {
  /**
   * `false` switches the tracker off: nothing is captured, stored or opened.
   * @defaultValue `true`
   */
  enabled?: boolean;
  /**
   * Name of the deployment, e.g. `production`.
   * @defaultValue `NODE_ENV`, else `production`
   */
  environment?: string;
  /**
   * Environments in which anything is captured (Bugsnag's `notify_release_stages`). In all others
   * nothing is, while the dashboard stays open.
   * @defaultValue all
   */
  environments?: readonly string[];
  /**
   * Version of the application.
   * @defaultValue `npm_package_version`, else the version in `<projectRoot>/package.json`, else the
   * commit that a CI or hosting platform names in the environment (`GITHUB_SHA`, `CI_COMMIT_SHA`,
   * …)
   */
  release?: string;
  /**
   * Absolute path of the application's code. Frames inside it are in-app.
   * @defaultValue `process.cwd()`
   */
  projectRoot?: string;
  /**
   * TypeORM options of the tracker's own connection: SQLite (`better-sqlite3`), PostgreSQL, MySQL
   * or MariaDB. Or `{ dataSource: 'default' }` for a connection of its own to the database of that
   * data source of the application. `entities`, `migrations`, `synchronize` and `name` are the
   * tracker's.
   * @defaultValue an SQLite file `error-tracker.sqlite` in `projectRoot`, through better-sqlite3 or
   * else libsql
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
   * Sees every event before it is masked and stored, and may edit it: `(event, { exception, request
   * }) => event`. Only a literal `false` drops the event. If a hook throws or takes longer than 500
   * ms, the event stays as it was (Bugsnag's `before_notify`). Of several hooks, each sees what the
   * one before it made. A hook cannot change how the severity came about.
   * @defaultValue none
   */
  beforeCapture?: BeforeCapture | readonly BeforeCapture[];
}

/**
 * What a hook may look at besides the event. The request is the live one: read it, change nothing.
 */
export interface CaptureContext {
  readonly exception: unknown;
  /** The framework's request object, where there is one. */
  readonly request: unknown;
}

export type BeforeCapture = (
  event: EventDraft,
  hint: CaptureContext,
) => EventDraft | false | undefined | void | Promise<EventDraft | false | undefined | void>;

const hook = callback<BeforeCapture>();

const hooks: Check<readonly BeforeCapture[]> = (value, path) =>
  Array.isArray(value) ? listOf(hook, 'functions')(value, path) : Object.freeze([hook(value, path)]);

/** The sections. Each has a table of its own options. */
export const SECTIONS = {
  capture: CAPTURE,
  masking: MASKING,
  limits: LIMITS,
  delivery: DELIVERY,
  retention: RETENTION,
  mail: MAIL,
  admin: ADMIN,
} as const;

/** The options outside of all sections. */
export const TOP_LEVEL = {
  enabled: option(flag, true),
  environment: computed(line(64), () => variable('NODE_ENV', 64) ?? 'production'),
  release: computed(line(200), releaseOf),
  projectRoot: computed(existingFolder, () => existingFolder(process.cwd(), 'projectRoot')),
  /** `undefined`: the embedded default. */
  database: optional(database),
  environments: optional(listOf(line(64), 'environment names')),
  beforeCapture: option(hooks, NONE),
} satisfies OptionTable<Omit<ErrorTrackerOptions, keyof typeof SECTIONS>>;

function releaseOf({ projectRoot }: { readonly projectRoot: string }): string | undefined {
  return variable('npm_package_version', 200) ?? readProjectFacts(projectRoot).version ?? namedCommit();
}

/** The path of every option. */
export const KNOWN_PATHS: readonly string[] = [
  ...Object.keys(TOP_LEVEL),
  ...Object.entries(SECTIONS).flatMap(([section, table]) => [
    section,
    ...Object.keys(table).map((name) => `${section}.${name}`),
  ]),
];
