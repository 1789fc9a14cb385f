import { SEVERITIES } from '../event/error-event.js';
import type {
  BeforeCapture,
  BreadcrumbOptions,
  CaptureRule,
  IgnoreRule,
  LogOptions,
  RequestOptions,
} from './error-tracker-options.js';
import { callback, flag, integer, line, listOf, oneOf, refuse } from './option-checks.js';
import type { Check } from './option-checks.js';
import { readFields } from './read-fields.js';

const statuses = listOf(integer(100, 599), 'HTTP statuses');

export const httpStatus: Check<readonly number[] | ((status: number) => boolean)> = (value, path) => {
  if (typeof value === 'function') return value as (status: number) => boolean;
  if (Array.isArray(value)) return statuses(value, path);
  return refuse(path, 'a list of HTTP statuses or a predicate', value, 'For example [404, 500].');
};

const ignoreRule: Check<IgnoreRule> = (value, path) => {
  if (typeof value === 'function' || value instanceof RegExp) return value as IgnoreRule;
  if (typeof value === 'string' && value.trim() !== '') return value;
  return refuse(path, 'an exception class, the name of one, a RegExp or a predicate', value);
};

export const ignoreRules = listOf(ignoreRule, 'exception classes, names, patterns or predicates');

const matched: Check<IgnoreRule | number> = (value, path) =>
  typeof value === 'number' ? integer(100, 599)(value, path) : ignoreRule(value, path);

const captureRule: Check<CaptureRule> = (value, path) => {
  const rule = readFields(path, value, {
    match: matched,
    action: oneOf('capture', 'ignore'),
    severity: oneOf(...SEVERITIES),
    fingerprint: listOf(line(500), 'texts'),
    alert: flag,
  });
  if (rule.match === undefined) {
    return refuse(
      `${path}.match`,
      'an exception class, a name, a RegExp, a predicate or a status',
      undefined,
    );
  }
  return Object.freeze({ ...rule, match: rule.match });
};

export const captureRules = listOf(captureRule, 'rules');

const hook = callback<BeforeCapture>();

export const beforeCapture: Check<BeforeCapture | readonly BeforeCapture[]> = (value, path) =>
  Array.isArray(value) ? listOf(hook, 'functions')(value, path) : hook(value, path);

const logLevel = oneOf('fatal', 'error', 'warn', 'log', 'debug', 'verbose', false);

const logContext: Check<string | RegExp> = (value, path) =>
  value instanceof RegExp ? value : line(200)(value, path);

const logContexts = listOf(logContext, 'context names or patterns');

export const logger: Check<LogOptions> = (value, path) =>
  Object.freeze(
    readFields(path, value, {
      level: logLevel,
      breadcrumbs: logLevel,
      contexts: logContexts,
      ignoreContexts: logContexts,
    }),
  );

/** A field name as RFC 9110 defines it. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

const headerName: Check<string> = (value, path) =>
  typeof value === 'string' && HEADER_NAME.test(value)
    ? value.toLowerCase()
    : refuse(path, 'the name of a header', value, 'For example "user-agent".');

const headers: Check<boolean | readonly string[]> = (value, path) =>
  Array.isArray(value) ? listOf(headerName, 'header names')(value, path) : flag(value, path);

const pathRule: Check<string | RegExp> = (value, path) => {
  // Without a memory of where it matched last.
  if (value instanceof RegExp) return new RegExp(value.source, value.flags.replace(/[gy]/g, ''));
  return line(500)(value, path);
};

export const pathRules = listOf(pathRule, 'parts of paths or patterns');

export const breadcrumbs: Check<BreadcrumbOptions> = (value, path) =>
  Object.freeze(
    readFields(path, value, {
      outgoing: flag,
      queries: flag,
      before: callback<NonNullable<BreadcrumbOptions['before']>>(),
    }),
  );

export const request: Check<RequestOptions> = (value, path) =>
  Object.freeze(readFields(path, value, { headers, cookies: flag, body: flag, ip: flag }));

export const errorIdHeader: Check<string | false> = (value, path) => {
  if (value === false || (typeof value === 'string' && HEADER_NAME.test(value))) return value;
  return refuse(path, 'the name of a header, or false', value, 'For example "X-Error-Id".');
};
