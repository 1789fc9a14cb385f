import { NO_SPANS } from './secret-finder.js';
import type { SecretFinder, Span } from './secret-finder.js';

const NAMED_VALUE =
  /("(?:name|key|field|header|property|path|param)"\s{0,4}:\s{0,4}"([^"\\]{1,100})"\s{0,4},\s{0,4}"value"\s{0,4}:\s{0,4})("(?:[^"\\]|\\.)*"?|[^\s,}\]"]+)/g;

/** `"name": "password", "value": "x"`, where the text around it is no JSON. */
export const namedValues: SecretFinder = {
  mayHold: /"value"/,
  find(text, { isSensitive, replacement }, kind) {
    if (kind === 'code') return NO_SPANS;
    const spans: Span[] = [];
    NAMED_VALUE.lastIndex = 0;
    for (let found = NAMED_VALUE.exec(text); found; found = NAMED_VALUE.exec(text)) {
      const [match, before = '', name = ''] = found;
      if (!isSensitive(name)) continue;
      spans.push({
        start: found.index + before.length,
        end: found.index + match.length,
        // The value may be a number, or have lost its closing quote to a cut.
        instead: `"${replacement}"`,
      });
    }
    return spans;
  },
};
