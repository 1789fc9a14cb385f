import type { Masker } from '../masking/masker.js';
import { maskText } from '../masking/mask-issue.js';
import { cut, oneLine } from '../values/one-line.js';
import { isError } from '../values/type-guards.js';

/** Why a delivery failed, as one masked line for the log and the history. Never throws. */
export function failureReason(error: unknown, masker: Masker): string {
  try {
    // Masking comes before shortening: half a secret would not be recognised.
    return oneLine(maskText(masker, cut(describe(error), 4096)), 300) || 'Unknown failure.';
  } catch {
    return 'Unknown failure.';
  }
}

function describe(error: unknown): string {
  if (!isError(error)) return String(error);
  const { code } = error as { code?: unknown };
  const text = `${error.name}: ${error.message}`;
  return typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
}
