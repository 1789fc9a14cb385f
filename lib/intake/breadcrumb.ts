import type { Breadcrumb } from '../event/error-event.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { cutAtWord, hardCap } from '../bounds/bounded-text.js';
import type { BreadcrumbOptions } from '../options/breadcrumb-options.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { runInternally } from '../scope/internal-work.js';

/** A copy of the breadcrumb within the limits; `undefined` if the application does not want it. */
export function prepareBreadcrumb(
  given: Breadcrumb,
  before: BreadcrumbOptions['before'],
  limits: ResolvedLimits,
): Breadcrumb | undefined {
  const wanted = before ? asked(given, before) : given;
  if (!wanted) return undefined;
  const { at, type, level, message, data } = wanted;
  return {
    ...{ at, type, level },
    // It is cut to its final length only after masking, so that no half of a secret is left.
    message: cutAtWord(String(message), hardCap(limits)),
    ...(data !== undefined && { data: boundedCopy(data, limits) }),
  };
}

/** Only a literal `false` drops the breadcrumb. A hook that throws changes nothing. */
function asked(given: Breadcrumb, before: NonNullable<BreadcrumbOptions['before']>): Breadcrumb | undefined {
  try {
    const answer: unknown = runInternally(() => before({ ...given }));
    if (answer === false) return undefined;
    return typeof answer === 'object' && answer !== null ? { ...given, ...answer } : given;
  } catch {
    return given;
  }
}
