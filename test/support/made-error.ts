import { describeException } from '../../lib/stack/describe-exception.js';
import type { FingerprintInput } from '../../lib/grouping/fingerprinter.js';
import { StackFingerprinter } from '../../lib/grouping/stack.fingerprinter.js';

export const ROOT = '/srv/app';

interface Made {
  readonly name?: string;
  readonly message?: string;
  /** Lines of the stack without `    at `. */
  readonly at?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** An error with the given stack, as the engine would have made it. */
export function madeError({ name = 'Error', message = 'boom', at = [], properties = {} }: Made): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = [`${name}: ${message}`, ...at.map((line) => `    at ${line}`)].join('\n');
  return Object.assign(error, properties);
}

/** The fingerprint of whatever was thrown, by a tracker that has not seen anything before. */
export function fingerprintOf(
  thrown: unknown,
  { projectRoot = ROOT, ...input }: Partial<FingerprintInput> & { readonly projectRoot?: string } = {},
) {
  const { exceptions } = describeException(thrown, projectRoot);
  return new StackFingerprinter({ projectRoot }).fingerprint({ exceptions, source: 'http', ...input });
}
