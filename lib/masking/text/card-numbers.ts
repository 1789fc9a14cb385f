import type { SecretFinder, Span } from './secret-finder.js';

/**
 * Digits in groups set apart by single spaces or dashes. No fraction, and no phone number with a
 * country code. Every run is taken as a whole, so the search is linear.
 */
const DIGIT_RUN = /(?<!\d|\d\.|\+)\d(?:[ -]?\d){12,}/g;

const MAX_CARD_LENGTH = 19;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const UUID_LENGTH = 36;

/** Payment card numbers: 13 to 19 digits of a card scheme with a valid check digit. */
export const cardNumbers: SecretFinder = {
  mayHold: /\d(?:[ -]?\d){12}/,
  find(text) {
    const spans: Span[] = [];
    DIGIT_RUN.lastIndex = 0;
    for (let run = DIGIT_RUN.exec(text); run; run = DIGIT_RUN.exec(text)) {
      if (!isInUuid(text, run.index, run[0].length)) addCards(run[0], run.index, spans);
    }
    return spans;
  },
};

export function isCardNumber(digits: string): boolean {
  return /^(?:[4-6]\d{12,18}|3\d{13,18}|2[2-7]\d{14})$/.test(digits) && hasCheckDigit(digits);
}

/**
 * A card may stand beside other numbers: every sequence of whole groups is tried, the longest
 * first.
 */
function addCards(run: string, at: number, spans: Span[]): void {
  const groups = run.split(/[ -]/);
  let start = at;
  for (let first = 0; first < groups.length; first++) {
    const length = cardLength(groups, first);
    if (length === undefined) {
      start += (groups[first] ?? '').length + 1;
      continue;
    }
    spans.push({ start, end: start + length.characters });
    start += length.characters + 1;
    first += length.groups - 1;
  }
}

/** How far the longest card number reaches that starts with a group; `undefined` if none does. */
function cardLength(
  groups: readonly string[],
  first: number,
): { groups: number; characters: number } | undefined {
  let digits = '';
  let found: { groups: number; characters: number } | undefined;
  for (let index = first; index < groups.length; index++) {
    digits += groups[index] ?? '';
    if (digits.length > MAX_CARD_LENGTH) break;
    const separators = index - first;
    if (isCardNumber(digits)) found = { groups: separators + 1, characters: digits.length + separators };
  }
  return found;
}

/** Luhn's formula. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isInUuid(text: string, at: number, length: number): boolean {
  for (let start = Math.max(0, at - 23); start <= at; start++) {
    if (start + UUID_LENGTH >= at + length && UUID.test(text.slice(start, start + UUID_LENGTH))) return true;
  }
  return false;
}
