import type { IgnoreRule } from './error-tracker-options.js';
import { integer, listOf, refuse } from './option-checks.js';
import type { Check } from './option-checks.js';

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

/** A field name as RFC 9110 defines it. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

export const errorIdHeader: Check<string | false> = (value, path) => {
  if (value === false || (typeof value === 'string' && HEADER_NAME.test(value))) return value;
  return refuse(path, 'the name of a header, or false', value, 'For example "X-Error-Id".');
};
