import { NO_SPANS } from './secret-finder.js';
import type { SecretFinder } from './secret-finder.js';

/** JSON that is nested deeper counts as prose. Only an attack on the stack nests so far. */
const MAX_DEPTH = 40;

/**
 * A text that is JSON as a whole. No span within the text could be masked by itself, since names,
 * lists and numbers decide together. The data is masked as a tree and written anew, so formatting
 * is lost. JSON that holds nothing to mask stays as it is.
 */
export const embeddedJson: SecretFinder = {
  mayHold: /^\s*[{["]/,
  find(text, { maskTree }) {
    if (nesting(text) > MAX_DEPTH) return NO_SPANS;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return NO_SPANS;
    }
    const before = JSON.stringify(value);
    const masked = JSON.stringify(maskTree(value));
    return masked === before ? NO_SPANS : [{ start: 0, end: text.length, instead: masked }];
  },
};

/** An upper bound: brackets in strings count too. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 /* { */ || code === 91 /* [ */) deepest = Math.max(deepest, ++depth);
    else if (code === 125 /* } */ || code === 93 /* ] */) depth--;
  }
  return deepest;
}
