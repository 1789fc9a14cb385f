import { watchProcess, type ProcessObserver } from '../../../../lib/capture/process/process-watch.js';

const WATCHED = ['uncaughtExceptionMonitor', 'warning', 'exit', 'newListener', 'removeListener'] as const;

class Recorder implements ProcessObserver {
  readonly told: unknown[][] = [];
  uncaught = (...facts: unknown[]): void => void this.told.push(['uncaught', ...facts]);
  warned = (warning: Error): void => void this.told.push(['warned', warning]);
  exiting = (): void => void this.told.push(['exiting']);
}

describe('watchProcess', () => {
  const stops: (() => void)[] = [];
  let before: Record<string, number>;
  let rejections: number;

  const counts = (): Record<string, number> =>
    Object.fromEntries(WATCHED.map((name) => [name, process.listenerCount(name)]));
  const addedRejections = (): number => process.listenerCount('unhandledRejection') - rejections;
  const watch = (): Recorder => {
    const recorder = new Recorder();
    stops.push(watchProcess(recorder));
    return recorder;
  };

  beforeEach(() => {
    before = counts();
    rejections = process.listenerCount('unhandledRejection');
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  it('has one set of listeners for all observers, and none after the last one', () => {
    watch();
    const one = counts();
    expect(one).toEqual(Object.fromEntries(WATCHED.map((name) => [name, before[name]! + 1])));
    watch();
    expect(counts()).toEqual(one);
    stops[0]!();
    expect(counts()).toEqual(one);
    stops[1]!();
    stops[1]!();
    expect(counts()).toEqual(before);
    expect(addedRejections()).toBe(0);
  });

  it('tells the observer that came last of a failure, and all of them of the end', () => {
    const [first, last] = [watch(), watch()];
    const exception = new Error('x');
    const warning = new Error('slow');
    const onUncaught = process.listeners('uncaughtExceptionMonitor').at(-1)!;
    const onExit = process.listeners('exit').at(-1)!;
    onUncaught.call(process, exception, 'uncaughtException');
    process.emit('warning', warning);
    onExit.call(process, 0);
    expect(first.told).toEqual([['exiting']]);
    expect(last.told).toEqual([
      ['uncaught', exception, 'uncaughtException', process.listenerCount('uncaughtException') === 0],
      ['warned', warning],
      ['exiting'],
    ]);
  });

  it('says that a failure is not fatal where the application handles it', () => {
    const observer = watch();
    const handler = (): void => undefined;
    process.on('uncaughtException', handler);
    const exception = new Error('x');
    process.listeners('uncaughtExceptionMonitor').at(-1)!.call(process, exception, 'uncaughtException');
    process.off('uncaughtException', handler);
    expect(observer.told).toEqual([['uncaught', exception, 'uncaughtException', false]]);
  });

  it('listens for rejections only while the application does, for ours would keep the process alive', () => {
    watch();
    expect(addedRejections()).toBe(0);
    const [one, another] = [(): void => undefined, (): void => undefined];
    process.on('unhandledRejection', one);
    expect(addedRejections()).toBe(2);
    process.on('unhandledRejection', another);
    expect(addedRejections()).toBe(3);
    process.off('unhandledRejection', one);
    expect(addedRejections()).toBe(2);
    process.off('unhandledRejection', another);
    expect(addedRejections()).toBe(0);
  });

  it('joins a listener for rejections that was there before, and tells what it hears', () => {
    const own = (): void => undefined;
    process.on('unhandledRejection', own);
    try {
      const observer = watch();
      expect(addedRejections()).toBe(2);
      process.listeners('unhandledRejection').at(-1)!.call(process, 'reason', Promise.resolve());
      expect(observer.told).toEqual([['uncaught', 'reason', 'unhandledRejection', false]]);
      stops.pop()!();
      expect(addedRejections()).toBe(1);
    } finally {
      process.off('unhandledRejection', own);
    }
  });

  it.each([
    ['--unhandled-rejections=warn', 1],
    ['--unhandled-rejections=none', 1],
    ['--unhandled-rejections=warn-with-error-code', 0],
    ['--unhandled-rejections=strict', 0],
  ])('with %s of Node, listens for rejections by itself: %i', (flag, listeners) => {
    const former = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = flag;
    try {
      watch();
      expect(addedRejections()).toBe(listeners);
    } finally {
      if (former === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = former;
    }
  });
});
