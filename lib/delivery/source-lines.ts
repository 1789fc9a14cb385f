import { isAbsolute, join, posix } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ErrorEvent, ExceptionInfo, SourceContext, StackFrame } from '../event/error-event.js';
import { isReadable, readBuilt, readSource, readSourceMap } from '../grouping/source-reader.js';
import { jsonBytes } from '../bounds/json-size.js';
import { maskSourceContext } from '../masking/mask-event.js';
import { Masker } from '../masking/masker.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { locateFile } from '../stack/locate-file.js';
import { mapOf, ParsedMap } from '../stack/source-map.js';
import type { Batch } from '../storage/event-store.js';

const AROUND = 5;
const MAX_LINE_LENGTH = 200;
/** Frames of one event that get their source lines, nearest to the throw first. */
const MAX_FRAMES = 10;
const MAX_CACHED_FRAMES = 500;
const MAX_CACHED_FILES = 20;

interface ShownFrame {
  readonly fields: Pick<StackFrame, 'file' | 'line' | 'column' | 'context'>;
  /** Name of the function that is called there, if it was minified. */
  readonly called: string | undefined;
}

/** Minifiers leave one or two letters of a name. */
const MINIFIED = /^((?:async |new )?)(?:[\w$]{1,2}\.)?[\w$]{1,2}$/;

interface BuiltFile {
  readonly text: string;
  readonly map: ParsedMap | undefined;
  /** Folder of the map, relative to the project root. */
  readonly mapFolder: string;
}

/**
 * Adds the source lines around the application's own frames to events on their way to the store,
 * long after the request was answered. Where a built file has a source map on disk, file, line and
 * column become those of the source.
 */
@Injectable()
export class SourceLines {
  private readonly frames = new LRUCache<string, ShownFrame | false>({ max: MAX_CACHED_FRAMES });
  private readonly files = new LRUCache<string, BuiltFile | false>({ max: MAX_CACHED_FILES });

  constructor(
    private readonly masker: Masker,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** The same batch, its id included. Never throws. */
  addTo(batch: Batch): Batch {
    if (!this.options.capture.sourceLines) return batch;
    return {
      ...batch,
      deltas: batch.deltas.map((delta) => ({
        ...delta,
        samples: delta.samples.map((sample) => ({ ...sample, event: this.withLines(sample.event) })),
      })),
    };
  }

  private withLines(event: ErrorEvent): ErrorEvent {
    let bytesLeft = this.options.limits.eventBytes - jsonBytes(event);
    let framesLeft = MAX_FRAMES;
    const withLines = (frame: StackFrame): StackFrame => {
      if (!frame.inApp || frame.context || framesLeft === 0) return frame;
      const shown = this.shownFrameOf(frame);
      const bytes = shown ? jsonBytes(shown.fields) : 0;
      if (!shown || bytes > bytesLeft) return frame;
      framesLeft -= 1;
      bytesLeft -= bytes;
      return { ...frame, ...shown.fields };
    };
    const exceptions = event.exceptions.map((exception): ExceptionInfo => ({
      ...exception,
      frames: exception.frames.map((frame, index, all) => this.named(withLines(frame), all[index + 1])),
    }));
    return framesLeft === MAX_FRAMES ? event : { ...event, exceptions };
  }

  /**
   * A source map names the function called at a position, so a frame's name is found at its
   * caller's position.
   */
  private named(frame: StackFrame, caller: StackFrame | undefined): StackFrame {
    const minified = MINIFIED.exec(frame.function ?? '');
    if (!minified || !frame.inApp || !caller?.inApp) return frame;
    const called = this.shownFrameOf(caller)?.called;
    return called === undefined ? frame : { ...frame, function: `${minified[1] ?? ''}${called}` };
  }

  private shownFrameOf(frame: StackFrame): ShownFrame | undefined {
    const { file, line, column } = frame;
    if (line === undefined) return undefined;
    const key = `${file}:${String(line)}:${String(column)}`;
    let shown = this.frames.get(key);
    if (shown === undefined) {
      shown = this.find(file, line, column ?? 1) ?? false;
      this.frames.set(key, shown);
    }
    return shown || undefined;
  }

  private find(file: string, line: number, column: number): ShownFrame | undefined {
    try {
      const built = this.fileOf(file);
      if (!built) return undefined;
      const original = built.map?.originalOf(line, column);
      const written = original && this.locate(original.source, built.mapFolder);
      const source = written && (original.text ?? readSource(this.options.projectRoot, written));
      if (original && written !== undefined && source !== undefined) {
        return this.shownFrame(written, original.line, original.column, source, original.name);
      }
      return this.shownFrame(file, line, column, built.text);
    } catch {
      return undefined;
    }
  }

  private shownFrame(
    file: string,
    line: number,
    column: number,
    text: string,
    called?: string,
  ): ShownFrame | undefined {
    const found = linesAround(text, line, column);
    const context = found && maskSourceContext(found, this.masker, this.options.limits);
    return context && { fields: { file, line, column, context }, called };
  }

  /**
   * The file that the map names, relative to the project root; `undefined` if it is not the
   * application's.
   */
  private locate(source: string, mapFolder: string): string | undefined {
    const root = this.options.projectRoot;
    const isAddress = isAbsolute(source) || /^[\w-]+:/.test(source);
    const { file, inApp } = locateFile(
      isAddress ? source : join(root, mapFolder, source),
      root,
      this.options.capture,
    );
    return inApp && isReadable(file) ? file : undefined;
  }

  private fileOf(file: string): BuiltFile | undefined {
    let built = this.files.get(file);
    if (built === undefined) {
      built = this.read(file) ?? false;
      this.files.set(file, built);
    }
    return built || undefined;
  }

  private read(file: string): BuiltFile | undefined {
    const text = readBuilt(this.options.projectRoot, file);
    if (text === undefined) return undefined;
    const folder = posix.dirname(file);
    const found = mapOf(text);
    if (!found) return { text, map: undefined, mapFolder: folder };
    const mapFile = 'url' in found ? posix.join(folder, found.url) : file;
    const map = 'url' in found ? readSourceMap(this.options.projectRoot, mapFile) : found.inline;
    return { text, map: parsed(map), mapFolder: posix.dirname(mapFile) };
  }
}

function parsed(text: string | undefined): ParsedMap | undefined {
  if (text === undefined) return undefined;
  try {
    return new ParsedMap(text);
  } catch {
    return undefined;
  }
}

function linesAround(text: string, line: number, column: number): SourceContext | undefined {
  const lines = text.split('\n', line + AROUND);
  const hit = lines[line - 1];
  if (hit === undefined) return undefined;
  const cut = (code: string): string => {
    const clean = code.replace(/\r$/, '');
    return clean.length > MAX_LINE_LENGTH ? `${clean.slice(0, MAX_LINE_LENGTH - 1)}…` : clean;
  };
  return {
    before: lines.slice(Math.max(0, line - 1 - AROUND), line - 1).map(cut),
    line: cutAround(hit.replace(/\r$/, ''), column - 1),
    after: lines.slice(line).map(cut),
  };
}

/** The part of a line that the frame is about: a line of a bundle may be the whole bundle. */
function cutAround(code: string, column: number): string {
  if (code.length <= MAX_LINE_LENGTH) return code;
  const from = Math.max(0, Math.min(column, code.length) - MAX_LINE_LENGTH / 2);
  const part = code.slice(from, from + MAX_LINE_LENGTH - 2);
  return `${from > 0 ? '…' : ''}${part}${from + part.length < code.length ? '…' : ''}`;
}
