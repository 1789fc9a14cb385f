import type { UserInfo } from '../event/error-event.js';
import { BREADCRUMBS, type BreadcrumbOptions } from './breadcrumb-options.js';
import { captureRules, ignoreRules, type CaptureRule, type IgnoreRule } from './capture-rules.js';
import { callback, flag, integer, line, listOf, NONE, oneOf, refuse, share, type Check } from './checks.js';
import { LOGGER, type LogOptions } from './log-options.js';
import { option, optional, type OptionTable } from './option.js';
import { group } from './read-options.js';
import { HEADER_NAME, REQUEST, type RequestOptions } from './request-options.js';

/** Which exceptions become events, and what is kept with them. */
export interface CaptureOptions {
  /**
   * HTTP statuses that count: a list, or a predicate. If the predicate throws, the default decides.
   * @defaultValue 500 and above
   */
  httpStatus?: readonly number[] | ((status: number) => boolean);
  /**
   * Exceptions that are never captured: classes, names, patterns, predicates. Their causes are
   * searched too.
   * @defaultValue none
   */
  ignore?: readonly IgnoreRule[];
  /**
   * Rules finer than `ignore`, and stronger. If several match, the most specific one decides.
   * @defaultValue none
   */
  rules?: readonly CaptureRule[];
  /**
   * Share (0 to 1) of events to capture. The others are counted as left out.
   * @defaultValue 1
   */
  sampleRate?: number;
  /**
   * Which failed attempts of a queue's job count: `all`, or only the `last`, after which the job is
   * given up.
   * @defaultValue `all`
   */
  jobAttempts?: 'all' | 'last';
  /**
   * Whether exceptions that end the process are captured. It still ends as Node decides.
   * @defaultValue `true`
   */
  uncaughtException?: boolean;
  /**
   * Whether rejections that nobody handles are captured. What Node does about them stays the same.
   * @defaultValue `true`
   */
  unhandledRejection?: boolean;
  /**
   * Whether the source lines around the application's own frames are shown. Where source maps are
   * on disk, the code is shown as it was written. The files are read in the background, and only
   * those inside `projectRoot`.
   * @defaultValue `true`
   */
  sourceLines?: boolean;
  /**
   * Whether the variables of the application's own functions are shown as they were at the throw,
   * masked. This costs an inspector session in a worker thread, and up to a millisecond for each of
   * at most 20 exceptions a second.
   * @defaultValue `false`
   */
  localVariables?: boolean;
  /**
   * Frames that Node records of every error of the process (`Error.stackTraceLimit`), 1 to 200.
   * Every error pays for it, and the stacks in the application's own log lines grow with it.
   * @defaultValue left as it is: 10 unless somebody changed it
   */
  stackTraceLimit?: number;
  /**
   * Files that are the application's although they seem not to be: parts of their paths, e.g.
   * `/@acme/`, or patterns.
   * @defaultValue none
   */
  inApp?: readonly (string | RegExp)[];
  /**
   * Files that are not the application's, such as wrappers that every call passes: parts of their
   * paths, e.g. `src/common/retry`, or patterns.
   * @defaultValue none
   */
  notInApp?: readonly (string | RegExp)[];
  /** What leaves breadcrumbs by itself, in requests and jobs that have a scope. */
  breadcrumbs?: BreadcrumbOptions;
  /** Parts of an HTTP request that are kept, masked. */
  request?: RequestOptions;
  /**
   * Tells who a request is for. If it throws, the event has no user.
   * @defaultValue `id`, `email`, `username` and `name` of `request.user`, as Passport-like guards
   * put it there
   */
  userExtractor?: (request: unknown) => UserInfo | undefined;
  /**
   * What becomes of log lines, for applications that use `ErrorTrackerLogger` or an adapter for
   * another logger.
   */
  logger?: LogOptions;
  /**
   * Name of a response header that carries the event's id, e.g. `X-Error-Id`. With `false`,
   * responses stay untouched.
   * @defaultValue `false`
   */
  errorIdHeader?: string | false;
}

const statuses = listOf(integer(100, 599), 'HTTP statuses');

const httpStatus: Check<readonly number[] | ((status: number) => boolean)> = (value, path) => {
  if (typeof value === 'function') return value as (status: number) => boolean;
  if (Array.isArray(value)) return statuses(value, path);
  return refuse(path, 'a list of HTTP statuses or a predicate', value, 'For example [404, 500].');
};

const isServerError = (status: number): boolean => status >= 500;

const pathRule: Check<string | RegExp> = (value, path) =>
  // A pattern with one of these flags remembers where it matched last.
  value instanceof RegExp
    ? new RegExp(value.source, value.flags.replace(/[gy]/g, ''))
    : line(500)(value, path);

const pathRules = listOf(pathRule, 'parts of paths or patterns');

const errorIdHeader: Check<string | false> = (value, path) => {
  if (value === false || (typeof value === 'string' && HEADER_NAME.test(value))) return value;
  return refuse(path, 'the name of a header, or false', value, 'For example "X-Error-Id".');
};

export const CAPTURE = {
  httpStatus: option(httpStatus, isServerError),
  ignore: option(ignoreRules, NONE),
  rules: option(captureRules, NONE),
  sampleRate: option(share, 1),
  jobAttempts: option(oneOf('all', 'last'), 'all'),
  uncaughtException: option(flag, true),
  unhandledRejection: option(flag, true),
  sourceLines: option(flag, true),
  localVariables: option(flag, false),
  /** `undefined`: Node's own. */
  stackTraceLimit: optional(integer(1, 200)),
  inApp: option(pathRules, NONE),
  notInApp: option(pathRules, NONE),
  breadcrumbs: group(BREADCRUMBS),
  request: group(REQUEST),
  userExtractor: optional(callback<NonNullable<CaptureOptions['userExtractor']>>()),
  logger: group(LOGGER),
  errorIdHeader: option(errorIdHeader, false),
} satisfies OptionTable<CaptureOptions>;
