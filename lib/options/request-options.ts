import { flag, listOf, refuse, type Check } from './checks.js';
import { option, type OptionTable } from './option.js';

/** Parts of an HTTP request that are kept, masked. */
export interface RequestOptions {
  /**
   * Whether headers are kept, or the names of those that are.
   * @defaultValue `true`
   */
  headers?: boolean | readonly string[];
  /**
   * Whether cookies are kept.
   * @defaultValue `true`
   */
  cookies?: boolean;
  /**
   * Whether the body is kept.
   * @defaultValue `true`
   */
  body?: boolean;
  /**
   * Whether the client's address is kept, and headers that carry it.
   * @defaultValue `true`
   */
  ip?: boolean;
}

/** A field name as RFC 9110 defines it. */
export const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

const headerName: Check<string> = (value, path) =>
  typeof value === 'string' && HEADER_NAME.test(value)
    ? value.toLowerCase()
    : refuse(path, 'the name of a header', value, 'For example "user-agent".');

const headers: Check<boolean | readonly string[]> = (value, path) =>
  Array.isArray(value) ? listOf(headerName, 'header names')(value, path) : flag(value, path);

export const REQUEST = {
  /** `true`: all. */
  headers: option(headers, true),
  cookies: option(flag, true),
  body: option(flag, true),
  ip: option(flag, true),
} satisfies OptionTable<RequestOptions>;
