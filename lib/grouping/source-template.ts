import { LRUCache } from 'lru-cache';
import type { ExceptionInfo, StackFrame } from '../event/error-event.js';
import { HOLE, messageTemplate, wholeWords } from './message-template.js';
import type { TextLiteral } from './quoted-text.js';
import { readSource, textFrom } from './source-reader.js';
import { findTextLiterals } from './text-literals.js';

const MAX_LINES = 6;
const MAX_CODE = 1000;
/** Longer lines are minified code, which differs from build to build. */
const MAX_SOURCE_LINE = 300;
const MAX_LINE_KEY = 120;
/** A template with fewer letters says nothing: `${a}: ${b}` matches nearly every message. */
const MIN_LETTERS = 3;
/** The text of an error within a message tells bugs apart, so it gets a template of its own. */
const ERROR_EXPRESSION = /(?:^|[^\w$.])(?:e|err|error|ex|exception|cause)\b|\w(?:Err|Error)\b|\.message\b/;
const STATUS_EXPRESSION = /\bstatus(?:Code|Text)?\W*$/i;

interface SourcePlace {
  readonly literals: readonly TextLiteral[];
  readonly line: string | undefined;
}

/**
 * Learns from the application's source code which part of a message is constant: the line that made
 * the error says `User ${name} not found`. It reads a file synchronously, but once for each place,
 * and remembers the answer even if it found nothing.
 */
export class SourceTemplates {
  private readonly places = new LRUCache<string, SourcePlace>({ max: 1000 });

  constructor(
    private readonly projectRoot: string,
    private readonly read: typeof readSource = readSource,
  ) {}

  /**
   * The message with holes for the expressions of the code; `undefined` if the code does not tell.
   */
  templateOf(exception: ExceptionInfo): string | undefined {
    const frame = exception.frames[0];
    if (!frame || exception.value === '') return undefined;
    for (const literal of this.placeOf(frame).literals) {
      const template = fillTemplate(literal, exception.value);
      if (template !== undefined) return template;
    }
    return undefined;
  }

  /**
   * The source line of a frame without blanks, at most 120 characters. Returns `undefined` if the
   * file cannot be read or is minified.
   */
  lineOf(frame: StackFrame): string | undefined {
    return this.placeOf(frame).line;
  }

  private placeOf(frame: StackFrame): SourcePlace {
    if (!frame.inApp || frame.line === undefined) return NOWHERE;
    const key = `${frame.line}:${frame.column ?? 1}:${frame.file}`;
    let place = this.places.get(key);
    if (!place) {
      place = this.readPlace(frame.file, frame.line, frame.column ?? 1);
      this.places.set(key, place);
    }
    return place;
  }

  private readPlace(file: string, line: number, column: number): SourcePlace {
    const source = this.read(this.projectRoot, file);
    if (source === undefined) return NOWHERE;
    const whole = textFrom(source, line, 1, MAX_CODE);
    if (whole === undefined) return NOWHERE;
    const first = /^.*/.exec(whole)?.[0] ?? '';
    const fromColumn = literalsIn(textFrom(source, line, column, MAX_CODE));
    // Compilers and source maps do not always point at the very column.
    const fromLine = column > 1 && first.length <= MAX_SOURCE_LINE ? literalsIn(whole) : [];
    return { literals: [...fromColumn, ...fromLine], line: lineKey(first) };
  }
}

const NOWHERE: SourcePlace = { literals: [], line: undefined };

function literalsIn(code: string | undefined): readonly TextLiteral[] {
  const lines = code?.split('\n', MAX_LINES).join('\n');
  return lines === undefined ? [] : findTextLiterals(lines).filter(saysSomething);
}

function saysSomething(literal: TextLiteral): boolean {
  return (literal.pieces.join('').match(/\p{L}/gu)?.length ?? 0) >= MIN_LETTERS;
}

function lineKey(line: string): string | undefined {
  const key = line.replace(/\s+|;\s*$/g, '').slice(0, MAX_LINE_KEY);
  return key === '' || line.length > MAX_SOURCE_LINE ? undefined : key;
}

/** The template if `message` is an instance of it. */
export function fillTemplate(literal: TextLiteral, message: string): string | undefined {
  const { pieces, holes } = literal;
  const head = pieces[0] ?? '';
  const tail = pieces[pieces.length - 1] ?? '';
  if (holes.length === 0) return message === head ? wholeWords(head) : undefined;
  if (!message.startsWith(head) || !message.endsWith(tail)) return undefined;
  const end = message.length - tail.length;
  let from = head.length;
  let template = head;
  for (const [index, hole] of holes.entries()) {
    const isLast = index === holes.length - 1;
    const piece = pieces[index + 1] ?? '';
    const to = isLast ? end : message.indexOf(piece, from);
    if (to < from || to + piece.length > message.length) return undefined;
    template += holeText(hole, message.slice(from, to)) + piece;
    from = to + piece.length;
  }
  return wholeWords(template);
}

function holeText(expression: string, value: string): string {
  if (STATUS_EXPRESSION.test(expression) && /^[\w ]{1,40}$/.test(value)) return value;
  return ERROR_EXPRESSION.test(expression) ? messageTemplate(value) : HOLE;
}
