/** One line of a V8 stack, before anything is known about the application. */
export interface RawFrame {
  file: string;
  line?: number;
  column?: number;
  function?: string;
}

/** Longer lines are no frames. The limit also bounds the cost of a hostile line. */
const MAX_LINE = 1024;
const MAX_FUNCTION = 200;
const MAX_DIGITS = 9;
const NO_FILE = '<anonymous>';

/** Reads one line; returns `undefined` if it does not look like a frame. */
export function parseFrame(line: string): RawFrame | undefined {
  if (line.length > MAX_LINE) return undefined;
  const text = line.trim();
  if (!text.startsWith('at ')) return undefined;
  const call = text.slice(text.startsWith('async ', 3) ? 9 : 3);
  if (!call.endsWith(')')) return parseLocation(call);
  // The first parenthesis counts: a location may hold more (`eval at f (file:1:1)`,
  // `(group)/page.js`), a name hardly ever has one.
  const open = call.indexOf(' (');
  if (open === -1) return undefined;
  const place = parseLocation(call.slice(open + 2, -1));
  const name = call.slice(0, Math.min(open, MAX_FUNCTION));
  if (place && name !== '' && !name.endsWith('<anonymous>')) place.function = name;
  return place;
}

function parseLocation(location: string): RawFrame | undefined {
  if (location === NO_FILE || location === 'native' || /^index \d{1,9}$/.test(location))
    return { file: NO_FILE };
  if (location.startsWith('wasm://')) return { file: location };
  const origin = location.startsWith('eval at ') ? evalOrigin(location) : location;
  const last = origin.lastIndexOf(':');
  const end = last > 0 ? numberAt(origin, last + 1, origin.length) : undefined;
  if (end === undefined) return undefined;
  const before = origin.lastIndexOf(':', last - 1);
  const start = before > 0 ? numberAt(origin, before + 1, last) : undefined;
  if (start === undefined) return { file: origin.slice(0, last), line: end };
  return { file: origin.slice(0, before), line: start, column: end };
}

function numberAt(text: string, from: number, to: number): number | undefined {
  if (to === from || to - from > MAX_DIGITS) return undefined;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** Evaluated code has no file of its own, so the place that evaluated it is taken. */
function evalOrigin(location: string): string {
  const innermost = location.slice(location.lastIndexOf('eval at '));
  const open = innermost.indexOf(' (');
  const close = innermost.indexOf(')', open);
  return open === -1 || close === -1 ? location : innermost.slice(open + 2, close);
}
