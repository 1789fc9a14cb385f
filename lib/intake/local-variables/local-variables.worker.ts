import { Session, type Debugger, type InspectorNotification } from 'node:inspector';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { locateFile } from '../../stack/locate-file.js';
import { MINUTE_MS, SECOND_MS } from '../../time/durations.js';
import { isWatcherData, TAKE_VARIABLES, type PausedFrame, type WatcherData } from './watcher-protocol.js';

const MAX_FRAMES = 5;
const SHOWN_SCOPES: ReadonlySet<string> = new Set(['local', 'block', 'catch']);
/**
 * With more exceptions in one second the watch rests: each stops the main thread for up to a
 * millisecond.
 */
const MAX_PER_SECOND = 20;
const FIRST_REST_MS = 2 * SECOND_MS;
const MAX_REST_MS = 2 * MINUTE_MS;
/** After a watch that lasts longer than this, rests are short again. */
const CALM_MS = 30 * SECOND_MS;
/** The main thread goes on after this time even if an answer is missing. */
const MAX_PAUSE_MS = 100;

const HAND_OVER = `function (frames, ...scopes) {
  globalThis[Symbol.for(${JSON.stringify(TAKE_VARIABLES.description)})]?.(this, frames, scopes);
}`;

/** Stops the main thread at every exception for as long as it takes to look at its variables. */
class VariableWatch {
  private readonly session = new Session();
  /** URLs of the application's own scripts: all others are of no interest. */
  private readonly urls = new Map<string, string>();
  private wanted = false;
  private resting = false;
  private restMs = FIRST_REST_MS;
  private watchedSince = 0;
  private second = 0;
  private seen = 0;

  constructor(private readonly data: WatcherData) {
    this.session.connectToMainThread();
    this.session.on('Debugger.scriptParsed', ({ params }) => this.parsed(params));
    this.session.on('Debugger.paused', (paused) => this.paused(paused));
    this.session.post('Debugger.enable', { maxScriptsCacheSize: 0 });
  }

  want(wanted: boolean): void {
    this.wanted = wanted;
    this.apply();
  }

  private apply(): void {
    const isOn = this.wanted && !this.resting;
    if (isOn) this.watchedSince = performance.now();
    this.session.post('Debugger.setPauseOnExceptions', { state: isOn ? 'all' : 'none' });
  }

  private parsed({ scriptId, url }: Debugger.ScriptParsedEventDataType): void {
    const { projectRoot, rules } = this.data;
    try {
      if (url !== '' && locateFile(url, projectRoot, rules).inApp) this.urls.set(scriptId, url);
    } catch {
      // The variables of this script are not shown.
    }
  }

  private paused({ params }: InspectorNotification<Debugger.PausedEventDataType>): void {
    let isOver = false;
    const goOn = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(limit);
      try {
        this.session.post('Debugger.resume');
      } catch {
        // The end of this thread lets the main thread go on; an exception that leaves this listener
        // would not.
        process.exit(1);
      }
    };
    const limit = setTimeout(goOn, MAX_PAUSE_MS);
    try {
      this.count();
      if (!this.handOver(params, goOn)) goOn();
    } catch {
      goOn();
    }
  }

  /** Returns whether there is an answer to wait for. */
  private handOver({ reason, data, callFrames }: Debugger.PausedEventDataType, done: () => void): boolean {
    const { objectId } = (data ?? {}) as { objectId?: unknown };
    if ((reason !== 'exception' && reason !== 'promiseRejection') || typeof objectId !== 'string')
      return false;
    const frames: PausedFrame[] = [];
    const scopeIds: { objectId: string }[] = [];
    for (const { location, functionName, scopeChain } of callFrames) {
      const url = this.urls.get(location.scriptId);
      if (url === undefined) continue;
      const ids = scopeChain
        .filter(({ type }) => SHOWN_SCOPES.has(type))
        .flatMap(({ object }) => (object.objectId === undefined ? [] : [{ objectId: object.objectId }]));
      scopeIds.push(...ids);
      if (frames.push({ url, functionName, at: positionOf(location), scopes: ids.length }) === MAX_FRAMES)
        break;
    }
    if (scopeIds.length === 0) return false;
    this.session.post(
      'Runtime.callFunctionOn',
      {
        objectId,
        functionDeclaration: HAND_OVER,
        arguments: [{ value: JSON.stringify(frames) }, ...scopeIds],
        silent: true,
        returnByValue: true,
      },
      done,
    );
    return true;
  }

  private count(): void {
    const now = performance.now();
    if (now - this.second >= SECOND_MS) {
      this.second = now;
      this.seen = 0;
    }
    if (++this.seen <= MAX_PER_SECOND || this.resting) return;
    if (now - this.watchedSince > CALM_MS) this.restMs = FIRST_REST_MS;
    this.resting = true;
    this.apply();
    setTimeout(() => {
      this.resting = false;
      this.apply();
    }, this.restMs);
    this.restMs = Math.min(2 * this.restMs, MAX_REST_MS);
  }
}

function positionOf({ scriptId, lineNumber, columnNumber }: Debugger.Location): string {
  return [scriptId, lineNumber, columnNumber].join(':');
}

// A bundler may pull this file into a worker of the application: only our own may act.
if (!isMainThread && parentPort && isWatcherData(workerData)) {
  const watch = new VariableWatch(workerData);
  parentPort.on('message', (wanted: boolean) => watch.want(wanted));
}
