import { SourceMap } from 'node:module';

const MARK = '//# sourceMappingURL=';
const MAX_INLINE_LENGTH = 12 * 1_048_576;

/** A place in the original source. Line and column are counted from 1. */
export interface OriginalPlace {
  /** As the map names it: an address, an absolute path, or a path relative to the map. */
  readonly source: string;
  readonly line: number;
  readonly column: number;
  /** The original name of what stands there, if the map has one. */
  readonly name?: string;
  /** The whole source file, if the map contains it. */
  readonly text?: string;
}

/** The source map of a built file: the map itself if it is inside the file, else its address. */
export function mapOf(built: string): { readonly inline: string } | { readonly url: string } | undefined {
  const at = built.lastIndexOf(MARK);
  if (at < 0) return undefined;
  const url = (built.slice(at + MARK.length).split('\n', 1)[0] ?? '').trim();
  if (!url.startsWith('data:'))
    return /^[^\s]{1,500}$/.test(url) ? { url: decoded(url.replace(/[?#].*$/s, '')) } : undefined;
  const [head = '', data = ''] = url.split(',', 2);
  if (!head.startsWith('data:application/json') || data.length > MAX_INLINE_LENGTH) return undefined;
  try {
    const isBase64 = head.endsWith(';base64');
    return { inline: isBase64 ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data) };
  } catch {
    return undefined;
  }
}

interface Payload {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly unknown[];
  readonly sourceRoot?: unknown;
}

/** A map of maps, made by bundlers that only concatenate files. */
interface Sectioned {
  readonly sections: readonly { readonly map: Payload }[];
}

function inRoot(source: string, root: unknown): string {
  if (typeof root !== 'string' || root === '' || /^(?:\/|[\w-]+:)/.test(source)) return source;
  return root.endsWith('/') ? `${root}${source}` : `${root}/${source}`;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** A source map that is parsed once and asked often. */
export class ParsedMap {
  private readonly map: SourceMap;

  /** @throws if the text is no source map */
  constructor(text: string) {
    const payload = JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0];
    const isMap = Array.isArray(payload.sources) && typeof payload.mappings === 'string';
    if (!isMap && !Array.isArray((payload as Partial<Sectioned>).sections)) throw new TypeError('no map');
    this.map = new SourceMap(payload);
  }

  /** The original place of a place in the built file, if the map knows it. */
  originalOf(line: number, column: number): OriginalPlace | undefined {
    const entry = this.map.findEntry(line - 1, column - 1) as Partial<
      Record<'originalLine' | 'originalColumn', number> & { originalSource: string; name: string }
    >;
    const { originalSource: source, originalLine, originalColumn, name } = entry;
    if (typeof source !== 'string' || originalLine === undefined || originalColumn === undefined)
      return undefined;
    const { sources, sourcesContent, sourceRoot } = this.payloadOf(source);
    const text = sourcesContent?.[sources.indexOf(source)];
    return {
      source: decoded(inRoot(source, sourceRoot)),
      line: originalLine + 1,
      column: originalColumn + 1,
      ...(typeof name === 'string' && name !== '' && { name }),
      ...(typeof text === 'string' && { text }),
    };
  }

  private payloadOf(source: string): Payload {
    const payload = this.map.payload as Payload | Sectioned;
    if (!('sections' in payload)) return payload;
    const own = payload.sections.find(({ map }) => map.sources.includes(source));
    return own?.map ?? { sources: [] };
  }
}
