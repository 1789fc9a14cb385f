import { refuse } from './option-checks.js';
import type { Check } from './option-checks.js';

const SEGMENT = /^[A-Za-z0-9._~-]+$/;

/** A path below the application's prefix, without slashes at its ends. */
export const mountPath: Check<string> = (value, path) => {
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
export const publicUrl: Check<string> = (value, path) => {
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

/** The address is printed when it is refused; a password in it is not. */
function withoutUser(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\/\/.*@/s, '//…@').replace(/[?#].*$/s, '?…') : value;
}
