import type Inspector from 'node:inspector';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { tell } from '../../errors/tell.js';
import type { Json, StackFrame } from '../../event/error-event.js';
import { fileKey, functionKey } from '../../grouping/frame-key.js';
import { boundedCopy } from '../../bounds/bounded-copy.js';
import { createBudget } from '../../bounds/copy-budget.js';
import {
  RESOLVED_OPTIONS,
  type ResolvedLimits,
  type ResolvedOptions,
} from '../../options/resolved-options.js';
import { isSensitiveVariable } from '../../scope/sensitive-marks.js';
import { locateFile } from '../../stack/locate-file.js';
import { ownFolder } from '../../stack/own-folder.js';
import { reasonOf } from '../../errors/reason-of.js';
import { SECOND_MS } from '../../time/durations.js';
import { read } from '../../values/safe-read.js';
import { STARTED_BY, TAKE_VARIABLES, type PausedFrame, type WatcherData } from './watcher-protocol.js';

type Variables = Readonly<Record<string, Json>>;

interface KnownFrame {
  readonly file: string;
  readonly name: string | undefined;
  readonly variables: Variables;
}

const MAX_VARIABLES = 25;
const DEBUGGER_CHECK_MS = SECOND_MS;

/**
 * The copy is made for every exception of the process, whether it becomes an event or not: it must
 * be cheap.
 */
const LIMITS: ResolvedLimits = {
  ...{ depth: 4, entries: 20, nodes: 300, stringLength: 256, eventBytes: 4096 },
  ...{ maxBreadcrumbs: 0, pendingBytes: 0, pendingIssues: 0, newIssuesPerMinute: 0 },
};

/** Kept as long as the exception itself; nothing is attached to it. */
const known = new WeakMap<object, { readonly origin: string; readonly frames: readonly KnownFrame[] }>();

/**
 * Shows the variables that the application's functions had at the throw. A worker thread with an
 * inspector session hears of every exception, hands the scopes of its frames to this thread, and
 * lets it go on.
 */
@Injectable()
export class LocalVariables implements OnModuleInit, OnApplicationShutdown {
  private worker: Worker | undefined;
  private debuggerCheck: NodeJS.Timeout | undefined;

  constructor(@Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions) {}

  /** Never throws: an application must not fail to start for what it can do without. */
  onModuleInit(): void {
    const { capture, capturing } = this.options;
    if (!capturing || !capture.localVariables) return;
    try {
      const inspector = process.getBuiltinModule('node:inspector') as typeof Inspector | undefined;
      if (!inspector) throw new Error('this Node.js has no inspector');
      if (ownFolder === undefined) throw new Error('this library is bundled');
      this.worker = this.startWorker(ownFolder);
      this.followDebugger(this.worker, () => inspector.url() !== undefined);
    } catch (error) {
      tell('warn', `capture.localVariables shows nothing: ${String(read(error, 'message'))}.`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.debuggerCheck);
    await this.worker?.terminate();
    this.worker = undefined;
  }

  /**
   * The frames with the variables that are known of them. They are raw, except those marked as
   * sensitive.
   */
  addTo(frames: readonly StackFrame[], thrown: unknown): readonly StackFrame[] {
    const rest = typeof thrown === 'object' && thrown !== null ? [...(known.get(thrown)?.frames ?? [])] : [];
    if (rest.length === 0) return frames;
    return frames.map((frame) => {
      if (!frame.inApp) return frame;
      const name = functionKey(frame.function);
      const index = rest.findIndex((one) => one.name === name && one.file === fileKey(frame.file));
      const [found] = index < 0 ? [] : rest.splice(index, 1);
      return found ? { ...frame, variables: this.shown(name, found.variables) } : frame;
    });
  }

  /** Throws where the process may start no threads, as under Node's permission model. */
  private startWorker(folder: string): Worker {
    const { projectRoot, capture } = this.options;
    const { inApp, notInApp } = capture;
    const workerData: WatcherData = { startedBy: STARTED_BY, projectRoot, rules: { inApp, notInApp } };
    const worker = new Worker(join(folder, 'intake', 'local-variables', 'local-variables.worker.js'), {
      workerData,
      name: 'error-tracker-variables',
      execArgv: [],
      env: {},
    });
    worker.unref();
    worker.on('error', (error) => tell('warn', `Local variables are not shown any more. ${reasonOf(error)}`));
    Object.defineProperty(globalThis, TAKE_VARIABLES, {
      configurable: true,
      value: (exception: object, frames: string, scopes: readonly object[]) =>
        keepVariables(exception, JSON.parse(frames) as readonly PausedFrame[], scopes, projectRoot),
    });
    return worker;
  }

  private shown(method: string | undefined, variables: Variables): Variables {
    const { replacement } = this.options.masking;
    const entries = Object.entries(variables).map(
      ([name, value]) => [name, isSensitiveVariable(method, name) ? replacement : value] as const,
    );
    return Object.fromEntries(entries);
  }

  /**
   * Rests while somebody debugs the process: they want to stop where they said, and not at every
   * exception.
   */
  private followDebugger(worker: Worker, isDebugged: () => boolean): void {
    let active = !isDebugged();
    worker.postMessage(active);
    this.debuggerCheck = setInterval(() => {
      if (isDebugged() !== active) return;
      active = !active;
      worker.postMessage(active);
    }, DEBUGGER_CHECK_MS);
    this.debuggerCheck.unref();
  }
}

/**
 * Runs while the process is paused at a throw. A rethrow elsewhere keeps the first variables; a
 * second throw from the same position replaces them.
 */
function keepVariables(
  exception: object,
  frames: readonly PausedFrame[],
  scopes: readonly object[],
  projectRoot: string,
): void {
  const origin = frames[0]?.at ?? '';
  const before = known.get(exception);
  if (before && before.origin !== origin) return;
  const budget = createBudget(LIMITS);
  let at = 0;
  const copied = frames.map(({ url, functionName, scopes: count }): KnownFrame => {
    const variables: Record<string, Json> = {};
    for (const scope of scopes.slice(at, (at += count))) copyVariables(scope, variables, budget);
    const { file } = locateFile(url, projectRoot);
    return { file: fileKey(file), name: functionKey(functionName), variables };
  });
  known.set(exception, { origin, frames: copied });
}

/** The inner one of two variables with one name comes first, and hides the other. */
function copyVariables(
  scope: object,
  variables: Record<string, Json>,
  budget: ReturnType<typeof createBudget>,
): void {
  for (const name of Object.keys(scope)) {
    if (Object.keys(variables).length >= MAX_VARIABLES) return;
    if (Object.hasOwn(variables, name)) continue;
    const value: unknown = Object.getOwnPropertyDescriptor(scope, name)?.value;
    if (typeof value === 'function') continue;
    // `undefined` is shown: it is often the bug.
    variables[name] =
      value === undefined ? '[undefined]' : boundedCopy(value, LIMITS, budget, { getters: false });
  }
}
