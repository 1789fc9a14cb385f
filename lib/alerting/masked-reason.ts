import { types } from 'node:util';
import type { Masker } from '../masking/masker.js';
import { maskText } from '../masking/mask-issue.js';
import { cut, oneLine } from '../values/one-line.js';

/** One masked line that says why a delivery failed, for the log and the history. Never throws. */
export function failureReason(error: unknown, masker: Masker): string {
  try {
    // Masked before it is shortened: half a secret is still half a secret.
    return oneLine(maskText(masker, cut(describe(error), 4096)), 300) || 'Unknown failure.';
  } catch {
    return 'Unknown failure.';
  }
}

function describe(error: unknown): string {
  if (!types.isNativeError(error) && !(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const text = `${error.name}: ${error.message}`;
  return typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text;
}
