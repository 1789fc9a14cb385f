import { Inject, Injectable } from '@nestjs/common';
import type { Json } from '../event/error-event.js';
import { RESOLVED_OPTIONS } from '../options/resolved-options.js';
import type { ResolvedOptions } from '../options/resolved-options.js';
import { isCardNumber } from './text/card-numbers.js';
import { TreeMasker } from './mask-tree.js';
import { Masker } from './masker.js';
import { SensitiveKeys } from './sensitive-key.js';
import { TextMasker } from './text/text-masker.js';

/** Most texts of frames that are remembered to hold no secret. */
const MAX_CLEAN = 2000;

/**
 * The built-in masker. Replaces every value whose name announces a secret, and secrets that show by their form in
 * any text: see `masking` in the options. `null`, booleans and empty texts stay, as they tell nothing but that.
 */
@Injectable()
export class KeyMasker extends Masker {
  private readonly replacement: string;
  private readonly keys: SensitiveKeys;
  private readonly texts: TextMasker;
  private readonly trees: TreeMasker;
  private readonly cleanFrames = new Set<string>();

  constructor(@Inject(RESOLVED_OPTIONS) options: ResolvedOptions) {
    super();
    const { keys, allow, patterns, replacement } = options.masking;
    this.replacement = replacement;
    this.keys = new SensitiveKeys(keys, allow);
    this.trees = new TreeMasker(this, options.limits);
    this.texts = new TextMasker({
      isSensitive: (name) => this.keys.has(name),
      patterns,
      replacement,
      maskTree: (value) => this.trees.tree([], '', value as Json),
    });
  }

  override mask(path: readonly string[], key: string, value: unknown): unknown {
    if (key !== '' && this.keys.has(key)) return holdsNothing(value) ? value : this.replacement;
    if (typeof value === 'string') return this.maskText(path, value);
    if (typeof value === 'number') return isCard(value) ? this.replacement : value;
    if (Array.isArray(value)) return this.maskPairs(path, key, value as readonly Json[]);
    if (typeof value === 'object' && value !== null) return this.maskNamed(path, key, value as JsonRecord);
    return value;
  }

  private maskText(path: readonly string[], text: string): string {
    if (path[2] !== 'frames' || path[4] === 'variables') return this.texts.mask(text);
    if (isSourceLine(path)) return this.texts.mask(text, true);
    // The same few files and functions come again with every event.
    if (this.cleanFrames.has(text)) return text;
    const masked = this.texts.mask(text);
    if (masked === text && text.length < 200) {
      if (this.cleanFrames.size >= MAX_CLEAN) this.cleanFrames.clear();
      // A part of a stack is a slice, and would keep all of the stack alive.
      this.cleanFrames.add(Buffer.from(text).toString());
    }
    return masked;
  }

  /** Lists that alternate names and values (`rawHeaders`), and entries such as `['authorization', 'x']`. */
  private maskPairs(path: readonly string[], key: string, list: readonly Json[]): unknown {
    if (list.some((item, index) => this.isOption(item) && index + 1 < list.length)) {
      return list.map((item, index) =>
        this.isOption(list[index - 1]) && !this.isOption(item)
          ? this.replacement
          : this.trees.tree([...path, key], String(index), item),
      );
    }
    const isEntry = list.length === 2 && /^\d+$/.test(key);
    if (!isEntry && !(list.length % 2 === 0 && /headers?$/i.test(key))) return list;
    if (!list.some((name, index) => index % 2 === 0 && typeof name === 'string' && this.keys.has(name))) {
      return list;
    }
    const inner = [...path, key];
    return list.map((item, index) => {
      const name = index % 2 === 1 ? list[index - 1] : undefined;
      if (typeof name === 'string' && this.keys.has(name))
        return holdsNothing(item) ? item : this.replacement;
      return this.trees.tree(inner, String(index), item);
    });
  }

  /** `--password` in a list of arguments, with its value in the next place. */
  private isOption(item: Json | undefined): boolean {
    return (
      typeof item === 'string' && /^--?[A-Za-z][\w-]*$/.test(item) && this.keys.has(item.replace(/^-+/, ''))
    );
  }

  /** `{ name: 'password', value: 'x' }`, as forms and archives of requests are written. */
  private maskNamed(path: readonly string[], key: string, record: JsonRecord): unknown {
    if (!('value' in record) || holdsNothing(record['value'])) return record;
    const names = NAMING.map((naming) => record[naming]);
    const isNamed = names.some((name) => typeof name === 'string' && this.keys.has(name));
    if (!isNamed || record['value'] === this.replacement) return record;
    return { ...this.trees.record([...path, key], record), value: this.replacement };
  }
}

/** Under these names forms, archives of requests and validators keep the name of a value. */
const NAMING = ['name', 'key', 'field', 'header', 'property', 'path', 'param'] as const;

type JsonRecord = Readonly<Record<string, Json>>;

function holdsNothing(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean';
}

function isCard(value: number): boolean {
  return value > 1e12 && Number.isSafeInteger(value) && isCardNumber(String(value));
}

/** `exceptions.0.frames.0.context`: lines of the application's source. */
function isSourceLine(path: readonly string[]): boolean {
  return path.length >= 5 && path[0] === 'exceptions' && path[2] === 'frames' && path[4] === 'context';
}
