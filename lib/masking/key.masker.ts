import { Inject, Injectable } from '@nestjs/common';
import type { Json } from '../event/error-event.js';
import { RESOLVED_OPTIONS } from '../options/resolved-options.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import { kindOf } from './event-path.js';
import { maskRecord, maskTree } from './mask-tree.js';
import type { Masking } from './mask-tree.js';
import { Masker } from './masker.js';
import { sensitiveNames } from './sensitive-names.js';
import { isCardNumber } from './text/card-numbers.js';
import { embeddedJson } from './text/embedded-json.js';
import { findByPatterns } from './text/own-patterns.js';
import { maskPlainText } from './text/plain-text.js';
import { replaceFound } from './text/replace-found.js';
import type { TextKind, TextRules } from './text/secret-finder.js';
import { maskSourceLine } from './text/source-line.js';
import { urlEncoded } from './text/url-encoded.js';

/**
 * How many texts of frames are remembered to hold no secret, in a set that is quicker than an LRU
 * cache, and how long such a text may be.
 */
const MAX_CLEAN_TEXTS = 2000;
const MAX_CLEAN_LENGTH = 200;

/**
 * The built-in masker. Replaces every value whose name announces a secret, and in any text the
 * secrets that show by their form: see `masking` in the options. `null`, booleans and empty texts
 * stay, since they tell nothing else.
 */
@Injectable()
export class KeyMasker extends Masker {
  private readonly rules: TextRules;
  private readonly masking: Masking;
  private readonly cleanTexts = new Set<string>();

  constructor(@Inject(RESOLVED_OPTIONS) options: ResolvedOptions) {
    super();
    const { keys, allow, patterns, replacement } = options.masking;
    this.masking = { masker: this, limits: options.limits };
    this.rules = {
      isSensitive: sensitiveNames(keys, allow),
      replacement,
      ownPatterns: patterns.length > 0 ? findByPatterns(patterns) : undefined,
      maskTree: (value) => maskTree(this.masking, [], '', value as Json),
    };
  }

  override mask(path: readonly string[], key: string, value: unknown): unknown {
    if (key !== '' && this.isSensitive(key)) return this.hidden(value);
    if (typeof value === 'string') return this.maskText(path, value);
    if (typeof value === 'number') return isCard(value) ? this.rules.replacement : value;
    if (Array.isArray(value)) return this.maskList(path, key, value as readonly Json[]);
    if (typeof value === 'object' && value !== null) return this.maskNamed(path, key, value as JsonRecord);
    return value;
  }

  private isSensitive(name: unknown): boolean {
    return typeof name === 'string' && this.rules.isSensitive(name);
  }

  /** What is shown of a value that is secret by its name. */
  private hidden(value: unknown): unknown {
    return holdsNothing(value) ? value : this.rules.replacement;
  }

  private maskText(path: readonly string[], text: string): string {
    const kind = kindOf(path);
    if (kind !== 'frame') return maskSecrets(text, kind, this.rules);
    // Every event brings the same few files and functions.
    if (this.cleanTexts.has(text)) return text;
    const masked = maskSecrets(text, 'prose', this.rules);
    if (masked === text && text.length < MAX_CLEAN_LENGTH) {
      if (this.cleanTexts.size >= MAX_CLEAN_TEXTS) this.cleanTexts.clear();
      // A part of a stack is a slice, and would keep all of the stack in memory.
      this.cleanTexts.add(Buffer.from(text).toString());
    }
    return masked;
  }

  private maskList(path: readonly string[], key: string, list: readonly Json[]): unknown {
    const isOption = (item: Json | undefined): boolean => this.isSensitiveOption(item);
    if (list.some((item, index) => isOption(item) && index + 1 < list.length)) {
      // A list of arguments: the value of `--password` has the next place.
      return list.map((item, index) =>
        isOption(list[index - 1]) && !isOption(item)
          ? this.rules.replacement
          : maskTree(this.masking, [...path, key], String(index), item),
      );
    }
    return holdsPairs(key, list) ? this.maskPairs(path, key, list) : list;
  }

  /**
   * Lists that alternate names and values (`rawHeaders`), and entries such as `['authorization',
   * 'x']`.
   */
  private maskPairs(path: readonly string[], key: string, list: readonly Json[]): unknown {
    if (!list.some((name, index) => index % 2 === 0 && this.isSensitive(name))) return list;
    return list.map((item, index) =>
      index % 2 === 1 && this.isSensitive(list[index - 1])
        ? this.hidden(item)
        : maskTree(this.masking, [...path, key], String(index), item),
    );
  }

  private isSensitiveOption(item: Json | undefined): boolean {
    return (
      typeof item === 'string' &&
      /^--?[A-Za-z][\w-]*$/.test(item) &&
      this.isSensitive(item.replace(/^-+/, ''))
    );
  }

  /** `{ name: 'password', value: 'x' }`, as forms and HAR files write it. */
  private maskNamed(path: readonly string[], key: string, record: JsonRecord): unknown {
    const { replacement } = this.rules;
    if (!('value' in record) || holdsNothing(record['value'])) return record;
    const isNamed = NAMES.some((name) => this.isSensitive(record[name]));
    if (!isNamed || record['value'] === replacement) return record;
    return { ...maskRecord(this.masking, [...path, key], record), value: replacement };
  }
}

/** Replaces the secrets in one text. Masking a masked text changes nothing. */
function maskSecrets(text: string, kind: TextKind, rules: TextRules): string {
  if (kind === 'code') return maskSourceLine(text, rules);
  const json = replaceFound(embeddedJson, text, rules, kind);
  if (json !== text) return json;
  return maskPlainText(replaceFound(urlEncoded, text, rules, kind), kind, rules);
}

/** Fields in which forms, HAR files and validators store a value's name. */
const NAMES = ['name', 'key', 'field', 'header', 'property', 'path', 'param'] as const;

type JsonRecord = Readonly<Record<string, Json>>;

function holdsNothing(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}

function holdsPairs(key: string, list: readonly Json[]): boolean {
  const isEntry = list.length === 2 && /^\d+$/.test(key);
  return isEntry || (list.length % 2 === 0 && /headers?$/i.test(key));
}

function isCard(value: number): boolean {
  return value > 1e12 && Number.isSafeInteger(value) && isCardNumber(String(value));
}
