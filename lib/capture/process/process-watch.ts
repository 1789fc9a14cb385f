import { processWide } from '../../values/process-wide.js';

/** Hears of the failures of the process. */
export interface ProcessObserver {
  /** @param isFatal nobody handles it, and the process is about to end */
  uncaught(exception: unknown, origin: string, isFatal: boolean): void;
  warned(warning: Error): void;
  /** Called in the last turn of the process: nothing asynchronous happens any more. */
  exiting(): void;
}

// One set of listeners for the process, however many applications and copies of this package are in
// it.
const observers = processWide<ProcessObserver[]>('process-observers', () => []);

/**
 * Passes every failure to the newest observer, and the end of the process to all.
 *
 * @returns a function that stops observing
 */
export function watchProcess(observer: ProcessObserver): () => void {
  observers.push(observer);
  if (observers.length === 1) listen();
  return () => {
    const index = observers.indexOf(observer);
    if (index < 0) return;
    observers.splice(index, 1);
    if (observers.length === 0) unlisten();
  };
}

function listen(): void {
  process.on('uncaughtExceptionMonitor', onUncaught);
  process.on('warning', onWarning);
  process.on('exit', onExit);
  process.on('newListener', onNewListener);
  process.on('removeListener', onRemoveListener);
  if (isHarmlessMode() || othersListen()) process.on('unhandledRejection', onRejection);
}

function unlisten(): void {
  process.off('newListener', onNewListener);
  process.off('removeListener', onRemoveListener);
  process.off('uncaughtExceptionMonitor', onUncaught);
  process.off('warning', onWarning);
  process.off('exit', onExit);
  process.off('unhandledRejection', onRejection);
}

function onUncaught(exception: unknown, origin: string): void {
  observers.at(-1)?.uncaught(exception, origin, process.listenerCount('uncaughtException') === 0);
}

function onRejection(reason: unknown): void {
  observers.at(-1)?.uncaught(reason, 'unhandledRejection', false);
}

function onWarning(warning: Error): void {
  observers.at(-1)?.warned(warning);
}

function onExit(): void {
  for (const observer of observers) observer.exiting();
}

// A rejection that nobody listens for ends the process, and is reported as an uncaught exception. A
// listener of ours would keep the process alive, so it is there only while the application has one
// of its own.

function onNewListener(name: string | symbol, listener: unknown): void {
  if (name !== 'unhandledRejection' || listener === onRejection) return;
  if (!process.listeners('unhandledRejection').includes(onRejection)) {
    process.on('unhandledRejection', onRejection);
  }
}

function onRemoveListener(name: string | symbol, listener: unknown): void {
  if (name !== 'unhandledRejection' || listener === onRejection) return;
  if (!isHarmlessMode() && !othersListen()) process.off('unhandledRejection', onRejection);
}

function othersListen(): boolean {
  return process.listeners('unhandledRejection').some((listener) => listener !== onRejection);
}

/** In these modes of Node a listener changes nothing. */
function isHarmlessMode(): boolean {
  const options = [process.env['NODE_OPTIONS'] ?? '', ...process.execArgv].join(' ');
  return /--unhandled-rejections[= ](?:warn|none)\b(?!-)/.test(options);
}
