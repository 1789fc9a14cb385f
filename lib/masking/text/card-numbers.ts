/**
 * Digits in groups set apart by single spaces or dashes, no fraction and no phone number with a country code.
 * Every run is taken whole, so the search is linear.
 */
const DIGIT_RUN = /(?<!\d|\d\.|\+)\d(?:[ -]?\d){12,}/g;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Replaces payment card numbers: 13 to 19 digits of a card scheme with a valid check digit. */
export function maskCardNumbers(text: string, replacement: string): string {
  return text.replace(DIGIT_RUN, (run, at: number) =>
    isInUuid(text, at, run.length) ? run : maskRun(run, replacement),
  );
}

export function isCardNumber(digits: string): boolean {
  return /^(?:[4-6]\d{12,18}|3\d{13,18}|2[2-7]\d{14})$/.test(digits) && hasCheckDigit(digits);
}

/** A card may have other numbers beside it: every sequence of whole groups is tried, the longest first. */
function maskRun(run: string, replacement: string): string {
  const groups = run.split(/([ -])/);
  let result = '';
  for (let first = 0; first < groups.length; first += 2) {
    const last = lastGroupOfCard(groups, first);
    if (first > 0) result += groups[first - 1] ?? '';
    result += last === undefined ? (groups[first] ?? '') : replacement;
    if (last !== undefined) first = last;
  }
  return result;
}

function lastGroupOfCard(groups: readonly string[], first: number): number | undefined {
  let digits = '';
  let found: number | undefined;
  for (let index = first; index < groups.length; index += 2) {
    digits += groups[index] ?? '';
    if (digits.length > 19) break;
    if (isCardNumber(digits)) found = index;
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
    if (start + 36 >= at + length && UUID.test(text.slice(start, start + 36))) return true;
  }
  return false;
}
