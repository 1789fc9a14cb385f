import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ExceptionInfo, StackFrame } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { sha256 } from '../values/hash.js';
import { destinationParts, factParts, factsReplaceMessage } from './fact-parts.js';
import { Fingerprinter, type FingerprintInput } from './fingerprinter.js';
import { appFrameParts, packageParts } from './frame-parts.js';
import { messageTemplate, wholeWords } from './message-template.js';
import { SourceTemplates } from './source-template.js';

const MAX_CHILDREN = 5;
const MAX_EXPLICIT = 20;
const MAX_PART = 500;
/** Messages that are remembered of one stack. */
const MAX_SEEN = 20;
/** The engine's message. */
const STACK_OVERFLOW = 'Maximum call stack size exceeded';
/** The only message of `fetch`, whatever went wrong. */
const FETCH_FAILED = 'fetch failed';
const DEFAULT_PARTS = /^\s*\{\{\s*default\s*\}\}\s*$/;

/**
 * Groups by what a bug is and where it is: type, typed facts, message template and top in-app
 * frames of the thrown exception, and the same of its innermost cause. Lines, columns, ids, hosts,
 * users and releases do not count.
 */
@Injectable()
export class StackFingerprinter extends Fingerprinter {
  private readonly templates: SourceTemplates;
  private readonly known = new LRUCache<string, Fingerprint>({
    max: 1000,
    maxSize: 1_048_576,
    sizeCalculation: (_fingerprint, id) => id.length,
  });
  private readonly seen = new WeakMap<readonly StackFrame[], Map<string, Fingerprint>>();
  /**
   * Equal stacks share one list of frames, so only the first event of a bug has to be worked out.
   */
  private readonly frameParts = new WeakMap<readonly StackFrame[], readonly string[]>();

  constructor(@Inject(RESOLVED_OPTIONS) options: Pick<ResolvedOptions, 'projectRoot'>) {
    super();
    this.templates = new SourceTemplates(options.projectRoot);
  }

  override fingerprint(input: FingerprintInput): Fingerprint {
    const seen = this.seenOf(input);
    if (!seen) return this.compute(input);
    const { text, by } = seen;
    let fingerprint = by.get(text);
    if (!fingerprint) {
      fingerprint = this.compute(input);
      if (by.size >= MAX_SEEN) by.clear();
      by.set(text, fingerprint);
    }
    return fingerprint;
  }

  /** Fingerprints of earlier errors from the same place, which is what a storm consists of. */
  private seenOf({
    exceptions,
    explicit,
    source,
    transaction,
  }: FingerprintInput): { readonly text: string; readonly by: Map<string, Fingerprint> } | undefined {
    const [only] = exceptions;
    if (!only || exceptions.length > 1 || explicit) return undefined;
    if (only.frames.length === 0 || only.value.length > MAX_PART) return undefined;
    if (hasKeys(only.facts)) return undefined;
    let by = this.seen.get(only.frames);
    if (!by) {
      by = new Map<string, Fingerprint>();
      this.seen.set(only.frames, by);
    }
    return { text: [only.type, only.value, source, transaction ?? ''].join('\n'), by };
  }

  private compute(input: FingerprintInput): Fingerprint {
    const explicit = input.explicit?.slice(0, MAX_EXPLICIT) ?? [];
    const isCustom = explicit.some((part) => !DEFAULT_PARTS.test(part));
    if (!isCustom) return this.toFingerprint('v1', this.defaultParts(input));
    const parts = explicit.flatMap((part) => (DEFAULT_PARTS.test(part) ? this.defaultParts(input) : [part]));
    return this.toFingerprint('custom', parts);
  }

  private toFingerprint(algorithm: string, parts: readonly string[]): Fingerprint {
    const lines = parts.map(boundedLine);
    const key = lines.join('\n');
    const id = `${algorithm}\n${key}`;
    let fingerprint = this.known.get(id);
    if (!fingerprint) {
      const prefixed = lines.map((line) => `${line.length}:${line}`).join('');
      fingerprint = Object.freeze({ hash: sha256(`${algorithm};${prefixed}`), algorithm, key });
      this.known.set(id, fingerprint);
    }
    return fingerprint;
  }

  private defaultParts(input: FingerprintInput): readonly string[] {
    const { exceptions } = input;
    const outermost = exceptions[0];
    if (!outermost) return [`message ${messageTemplate(input.message ?? '')}`];
    const start = unwrapped(exceptions);
    const innermost = innermostCause(exceptions, start);
    const [thrown, cause] = [exceptions[start] ?? outermost, exceptions[innermost]];
    // Node calls drivers and clients back, so only the wrapper knows where the application was.
    const placed = this.appPartsOf(thrown).length > 0 ? thrown : outermost;
    return [
      ...this.identityOf(thrown),
      ...this.placeOf(placed, input),
      ...this.childrenOf(exceptions, start),
      ...(cause && innermost > start ? this.summaryOf(cause).map((part) => `cause ${part}`) : []),
      ...(innermost > start ? this.childrenOf(exceptions, innermost) : []),
    ];
  }

  private identityOf(exception: ExceptionInfo): readonly string[] {
    const parts = [`type ${exception.type}`, ...factParts(exception.facts)];
    if (factsReplaceMessage(exception.facts)) return parts;
    const template = this.templates.templateOf(exception) ?? messageTemplate(exception.value);
    return template === '' ? parts : [...parts, `message ${template}`];
  }

  private placeOf(exception: ExceptionInfo, input: FingerprintInput): readonly string[] {
    const { frames, facts } = exception;
    const appParts = this.appPartsOf(exception);
    if (appParts.length > 0) return appParts;
    const libraryParts = packageParts(frames).map((part) => `package ${part}`);
    const known = [...libraryParts, ...destinationParts(facts)];
    // The route would split one outage into many issues, so it counts only if nothing else tells
    // failures apart.
    const isTold = libraryParts.length > 0 || (frames.length > 0 && facts.code !== undefined);
    if (isTold) return known;
    const transaction = input.transaction === undefined ? [] : [`transaction ${input.transaction}`];
    return [...known, `source ${input.source}`, ...transaction];
  }

  private appPartsOf({ frames, value }: ExceptionInfo): readonly string[] {
    let parts = this.frameParts.get(frames);
    if (!parts) {
      const isOverflow = value.startsWith(STACK_OVERFLOW);
      const keys = appFrameParts(frames, isOverflow, (frame) => this.templates.lineOf(frame));
      parts = keys.map((part) => `frame ${part}`);
      this.frameParts.set(frames, parts);
    }
    return parts;
  }

  private summaryOf(exception: ExceptionInfo): readonly string[] {
    return [...this.identityOf(exception), ...this.appPartsOf(exception).slice(0, 1)];
  }

  /** The distinct kinds of aggregated errors. Their number and order do not count. */
  private childrenOf(exceptions: readonly ExceptionInfo[], parent: number): readonly string[] {
    const kinds = new Set<string>();
    for (const exception of exceptions) {
      if (exception.relation !== 'aggregated' || exception.parent !== parent) continue;
      kinds.add(`error ${this.summaryOf(exception).join('; ')}`);
    }
    return [...kinds].sort().slice(0, MAX_CHILDREN);
  }
}

/** Index of the first exception that is more than a wrapper: wrapping must not split an issue. */
function unwrapped(exceptions: readonly ExceptionInfo[]): number {
  let index = 0;
  for (;;) {
    const next = causeOf(exceptions, index);
    if (next === -1 || !addsNothing(exceptions[index], exceptions[next])) return index;
    index = next;
  }
}

function addsNothing(outer: ExceptionInfo | undefined, inner: ExceptionInfo | undefined): boolean {
  if (!outer || !inner || outer.value === '') return false;
  return outer.value === inner.value || outer.type === 'QueryFailedError' || outer.value === FETCH_FAILED;
}

/** Index of the last exception that is reached by following first causes. */
function innermostCause(exceptions: readonly ExceptionInfo[], start: number): number {
  let index = start;
  for (let next = causeOf(exceptions, index); next !== -1; next = causeOf(exceptions, index)) index = next;
  return index;
}

function causeOf(exceptions: readonly ExceptionInfo[], parent: number): number {
  return exceptions.findIndex((e, at) => at > parent && e.relation === 'cause' && e.parent === parent);
}

/** Without an array of the keys: this runs for every event of a known bug. */
function hasKeys(object: object): boolean {
  for (const _key in object) return true;
  return false;
}

function boundedLine(part: string): string {
  return wholeWords(part, MAX_PART).replace(/[\r\n\u2028\u2029]+/g, ' ');
}
