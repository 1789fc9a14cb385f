import type {
  Breadcrumb,
  EventDraft,
  ExceptionInfo,
  Json,
  RequestInfo,
  SourceContext,
  StackFrame,
} from '../event/error-event.js';
import type { ResolvedLimits } from '../options/resolved-options.js';
import { boundedCopy } from '../bounds/bounded-copy.js';
import { createBudget } from '../bounds/copy-budget.js';
import type { CopyBudget } from '../bounds/copy-budget.js';
import { boundedText, cutAtWord, hardCap } from '../bounds/bounded-text.js';
import { MASKING_FAILED, TreeMasker } from './mask-tree.js';
import type { Masker } from './masker.js';

type JsonRecord = Readonly<Record<string, Json>>;

const REQUEST = ['request'];

/** Longest text of what names things: methods, breadcrumb types. */
const NAME_LENGTH = 100;

/** Builds the masked copy of one event. Takes any draft, well-formed or not, and never throws for its data. */
export class EventMasker {
  private readonly trees: TreeMasker;
  private readonly budget: CopyBudget;
  private readonly longest: number;

  constructor(
    masker: Masker,
    private readonly limits: ResolvedLimits,
  ) {
    this.trees = new TreeMasker(masker, limits);
    this.budget = createBudget(limits);
    this.longest = hardCap(limits);
  }

  event(draft: EventDraft): EventDraft {
    const { message, transaction, request, user, release, truncated } = draft;
    return {
      id: draft.id,
      at: draft.at,
      source: draft.source,
      handled: draft.handled,
      severity: draft.severity,
      severityReason: draft.severityReason,
      ...(draft.category && { category: draft.category }),
      ...(draft.quiet && { quiet: true }),
      fingerprint: { ...draft.fingerprint, key: this.text(['fingerprint', 'key'], draft.fingerprint.key) },
      culprit: this.text(['culprit'], draft.culprit),
      exceptions: recordsOf<ExceptionInfo>(draft.exceptions).map((entry, index) =>
        this.exception(entry, index),
      ),
      ...(present(message) && { message: this.text(['message'], message) }),
      ...(present(transaction) && { transaction: this.text(['transaction'], transaction) }),
      ...(isRecord(request) && { request: this.request(request) }),
      ...(isRecord(user) && { user: this.record(['user'], user) }),
      tags: this.tags(draft.tags),
      contexts: isRecord(draft.contexts) ? this.record(['contexts'], draft.contexts) : {},
      breadcrumbs: recordsOf<Breadcrumb>(draft.breadcrumbs).map((entry, index) =>
        this.breadcrumb(entry, index),
      ),
      ...(present(release) && { release }),
      environment: draft.environment,
      runtime: { ...draft.runtime },
      ...(present(truncated) && { truncated: [...listOf(truncated)] }),
    };
  }

  private exception(exception: ExceptionInfo, index: number): ExceptionInfo {
    const path = ['exceptions', String(index)];
    const { properties, relation, parent } = exception;
    return {
      type: this.text([...path, 'type'], exception.type),
      value: this.text([...path, 'value'], exception.value),
      facts: this.facts([...path, 'facts'], exception.facts),
      ...(isRecord(properties) && { properties: this.record([...path, 'properties'], properties) }),
      frames: recordsOf<StackFrame>(exception.frames).map((frame, at) =>
        this.frame([...path, 'frames', String(at)], frame),
      ),
      ...(present(relation) && { relation }),
      ...(present(parent) && { parent }),
    };
  }

  private facts(path: readonly string[], facts: ExceptionInfo['facts']): ExceptionInfo['facts'] {
    const result: Record<string, string | number> = {};
    if (!isRecord(facts)) return result;
    for (const [name, fact] of Object.entries(this.record(path, facts))) {
      result[name] = typeof fact === 'number' ? fact : textOf(fact);
    }
    return result;
  }

  private frame(path: readonly string[], frame: StackFrame): StackFrame {
    const { file, line, column, inApp, context, variables } = frame;
    return {
      file: this.text(path, file),
      ...(present(line) && { line }),
      ...(present(column) && { column }),
      ...(present(frame.function) && { function: this.text(path, frame.function) }),
      inApp,
      ...(isRecord(context) && { context: this.sourceContext([...path, 'context'], context) }),
      ...(isRecord(variables) && { variables: this.record([...path, 'variables'], variables) }),
    };
  }

  sourceContext(path: readonly string[], context: SourceContext): SourceContext {
    const mask = (line: string): string => this.text(path, line);
    return {
      before: listOf<string>(context.before).map(mask),
      line: mask(context.line),
      after: listOf<string>(context.after).map(mask),
    };
  }

  private request(request: RequestInfo): RequestInfo {
    const { method, ...data } = request;
    const { url, route, ip, ...parts } = this.record(REQUEST, data);
    return {
      method: boundedText(textOf(method), NAME_LENGTH),
      url: textOf(url ?? ''),
      ...(present(route) && { route: textOf(route) }),
      ...parts,
      ...(present(ip) && { ip: textOf(ip) }),
    };
  }

  private tags(tags: unknown): Readonly<Record<string, string>> {
    if (!isRecord(tags)) return {};
    const masked = this.record(['tags'], tags);
    return Object.fromEntries(Object.entries(masked).map(([name, value]) => [name, textOf(value)]));
  }

  private breadcrumb(breadcrumb: Breadcrumb, index: number): Breadcrumb {
    const path = ['breadcrumbs', String(index)];
    const { at, type, message, level, data } = breadcrumb;
    return {
      at,
      type: boundedText(textOf(type), NAME_LENGTH),
      message: this.text([...path, 'message'], message),
      level,
      ...(present(data) && { data: this.trees.tree(path, 'data', this.copy(data)) }),
    };
  }

  private record(path: readonly string[], record: object): Record<string, Json> {
    const copy = this.copy(record, 1);
    return isRecord(copy) ? this.trees.record(path, copy as JsonRecord) : {};
  }

  /** @param levels that do not count as nesting of the value */
  private copy(value: unknown, levels = 0): Json {
    return boundedCopy(value, { ...this.limits, depth: this.limits.depth + levels }, this.budget);
  }

  private text(path: readonly string[], text: unknown): string {
    return typeof text === 'string' ? this.trees.text(path, cutAtWord(text, this.longest)) : MASKING_FAILED;
  }
}

function present<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf<T>(value: readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

/** The entries that are what they should be; a note about a cut may stand among them. */
function recordsOf<T>(value: readonly T[]): readonly T[] {
  return listOf(value).filter(isRecord);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
