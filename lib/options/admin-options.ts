import { integer, line, refuse, type Check } from './checks.js';
import { computed, option, optional, type OptionTable } from './option.js';
import { readProjectFacts } from './project-facts.js';

/** Where the dashboard is, and what it looks like. */
export interface AdminOptions {
  /**
   * Where the dashboard is mounted, below the application's global prefix.
   * @defaultValue `errors`
   */
  path?: string;
  /**
   * Public address of the dashboard, e.g. `https://shop.example/errors`, for links in mails and
   * tickets. It is never guessed from a request.
   * @defaultValue none: mails and tickets carry no link
   */
  baseUrl?: string;
  /**
   * Issues on one page of the list, 1 to 200.
   * @defaultValue 25
   */
  pageSize?: number;
  /**
   * Name of the application in the dashboard and in mails.
   * @defaultValue `name` in `<projectRoot>/package.json`, else `application`
   */
  title?: string;
}

const SEGMENT = /^[A-Za-z0-9._~-]+$/;

/** A path below the application's prefix, without slashes at its ends. */
const mountPath: Check<string> = (value, path) => {
  if (typeof value === 'string' && value.length <= 200) {
    const clean = value.replace(/^\/{1,200}/, '').replace(/(?<!\/)\/{1,200}$/, '');
    if (clean.split('/').every((part) => SEGMENT.test(part) && part !== '.' && part !== '..')) return clean;
  }
  return refuse(
    path,
    'a relative path of plain segments',
    value,
    'For example "errors" or "internal/errors".',
  );
};

/** An absolute http(s) address without a slash at its end. */
const publicUrl: Check<string> = (value, path) => {
  const url = typeof value === 'string' && value.length <= 500 ? parse(value) : undefined;
  if (!url) {
    const cure = 'For example "https://shop.example/errors", without user, query and fragment.';
    return refuse(path, 'an http(s) address', withoutUser(value), cure);
  }
  return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/{1,500}$/, '');
};

function parse(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** A refused address is shown in the message, but not with a password in it. */
function withoutUser(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\/\/.*@/s, '//…@').replace(/[?#].*$/s, '?…') : value;
}

export const ADMIN = {
  path: option(mountPath, 'errors'),
  baseUrl: optional(publicUrl),
  pageSize: option(integer(1, 200), 25),
  title: computed(
    line(100),
    ({ projectRoot }: { readonly projectRoot: string }) =>
      readProjectFacts(projectRoot).name ?? 'application',
  ),
} satisfies OptionTable<AdminOptions>;
