import { Fingerprinter } from '../../../lib/grouping/fingerprinter.js';
import { Masker } from '../../../lib/masking/masker.js';
import { userKey } from '../../../lib/storage/user-key.js';
import { aFailure } from '../../support/failures.js';
import { memoryIntake, type Parts } from '../../support/memory-intake.js';

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 1, value));
const bug = (name: string) => aFailure({ exception: new Error(name), fingerprint: [name] });
const judged = (name: string) => ({ fingerprint: [name] });

describe('EventPipeline', () => {
  it('adds an event that has the id it returns, and is urgent about a new bug only', () => {
    const { pipeline, accumulator, wakes } = memoryIntake();
    const id = pipeline.process(bug('a'), judged('a'));
    pipeline.process(bug('a'), judged('a'));
    const [delta] = accumulator.takePending();
    expect(delta).toMatchObject({ count: 2, title: 'a', samples: [{ event: { id } }, {}] });
    expect(Object.isFrozen(delta?.samples[0]?.event)).toBe(true);
    expect(wakes).toEqual([true, false]);
  });

  it('only counts an event that is not worth keeping, and its user', () => {
    const build = jest.fn();
    const { pipeline, accumulator, wakes } = memoryIntake({ builders: [build] });
    const user = (id: string) => ({ ...bug('a'), user: { id } });
    for (let index = 0; index < 21; index++) pipeline.process(user(`user ${String(index)}`), judged('a'));
    expect(build).toHaveBeenCalledTimes(20);
    const [delta] = accumulator.takePending();
    expect(delta).toMatchObject({ count: 21 });
    expect(delta?.samples).toHaveLength(20);
    expect(delta?.users).toContain(userKey('user 20'));
    expect(wakes).toHaveLength(21);
  });

  it('makes every event in full where the application wants to see each', () => {
    const beforeCapture = jest.fn();
    const { pipeline } = memoryIntake({ options: { beforeCapture } });
    for (let index = 0; index < 25; index++) pipeline.process(bug('a'), judged('a'));
    expect(beforeCapture).toHaveBeenCalledTimes(25);
  });

  it('has no event where a hook drops it, at once or later, and counts that', async () => {
    for (const beforeCapture of [() => false as const, () => later(false as const)]) {
      const { pipeline, accumulator, counters } = memoryIntake({ options: { beforeCapture } });
      const id = pipeline.process(bug('a'), judged('a'));
      await pipeline.idle();
      // That a promise will say no is not known in time.
      expect(id === undefined).toBe(beforeCapture() === false);
      expect(accumulator.takePending()).toEqual([]);
      expect(counters.leftOut.before_capture).toBe(1);
    }
  });

  it.each<[string, Parts]>([
    ['a builder', { builders: [() => later({ tags: { late: 'yes' } })] }],
    ['a hook', { options: { beforeCapture: (event) => later({ ...event, tags: { late: 'yes' } }) } }],
  ])('waits for %s without holding anybody up', async (_what, parts) => {
    const { pipeline, accumulator } = memoryIntake(parts);
    expect(pipeline.process(bug('a'), judged('a'))).toEqual(expect.any(String));
    expect([pipeline.waiting, accumulator.pendingEvents]).toEqual([1, 0]);
    await pipeline.idle();
    expect([pipeline.waiting, accumulator.pendingEvents]).toEqual([0, 1]);
    expect(accumulator.takePending()[0]?.samples[0]?.event.tags).toEqual({ late: 'yes' });
  });

  it('asks once more whether a bug that was overtaken while it waited still gets an issue', async () => {
    const { pipeline, accumulator } = memoryIntake({
      builders: [({ source }) => (source === 'cron' ? later(undefined) : undefined)],
      options: { limits: { newIssuesPerMinute: 1 } },
    });
    pipeline.process({ ...bug('slow'), site: { source: 'cron' } }, judged('slow'));
    pipeline.process(bug('quick'), judged('quick'));
    await pipeline.idle();
    const algorithms = accumulator
      .takePending()
      .map(({ title, fingerprint }) => [title, fingerprint.algorithm]);
    expect(Object.fromEntries(algorithms)).toEqual({ quick: 'custom', slow: 'overflow' });
  });

  it('asks only once where nothing was awaited', () => {
    const { pipeline, accumulator } = memoryIntake();
    const place = jest.spyOn(accumulator, 'fingerprintFor');
    pipeline.process(bug('a'), judged('a'));
    expect(place).toHaveBeenCalledTimes(1);
  });

  it('survives a fingerprinter that fails, and groups as well as it can', () => {
    class Broken extends Fingerprinter {
      override fingerprint(): never {
        throw new Error('no');
      }
    }
    const { pipeline, accumulator, counters } = memoryIntake({ fingerprinter: new Broken() });
    expect(pipeline.process(bug('a'), {})).toEqual(expect.any(String));
    const [delta] = accumulator.takePending();
    expect(delta?.fingerprint).toMatchObject({ algorithm: 'fallback', key: 'type Error\nsource http' });
    expect(counters.internalErrors).toBe(1);
  });

  it('makes a hash that the store takes of whatever a fingerprinter calls one', () => {
    class Short extends Fingerprinter {
      override fingerprint() {
        return { hash: 'short', algorithm: 'own', key: 'k', former: Array.from({ length: 9 }, () => 'f') };
      }
    }
    const { pipeline, accumulator } = memoryIntake({ fingerprinter: new Short() });
    pipeline.process(bug('a'), {});
    const [delta] = accumulator.takePending();
    expect(delta?.fingerprint.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(delta?.fingerprint.former).toHaveLength(5);
  });

  it('counts an event that fails on the way as lost, and throws nothing', async () => {
    const lost = { failed: 1 };
    const now = memoryIntake();
    jest.spyOn(now.composer, 'seal').mockImplementation(() => {
      throw new Error('no');
    });
    expect(now.pipeline.process(bug('a'), judged('a'))).toBeUndefined();
    expect([now.counters.internalErrors, now.counters.dropped.byReason()]).toEqual([1, lost]);

    const late = memoryIntake({ builders: [() => later(undefined)] });
    jest.spyOn(late.composer, 'seal').mockImplementation(() => {
      throw new Error('no');
    });
    late.pipeline.process(bug('a'), judged('a'));
    await late.pipeline.idle();
    expect([late.counters.internalErrors, late.counters.dropped.byReason()]).toEqual([1, lost]);
    expect(late.pipeline.waiting).toBe(0);
  });

  it('masks what the hooks made, and counts the user by the id before it is masked', () => {
    class Everything extends Masker {
      override mask(path: readonly string[], _key: string, value: unknown): unknown {
        return path[0] === 'user' ? '[masked]' : value;
      }
    }
    const { pipeline, accumulator } = memoryIntake({
      masker: new Everything(),
      options: { beforeCapture: (event) => ({ ...event, user: { id: 'from the hook' } }) },
    });
    pipeline.process(bug('a'), judged('a'));
    const [delta] = accumulator.takePending();
    expect(JSON.stringify(delta?.samples[0]?.event.user)).not.toContain('from the hook');
    expect(delta?.users).toEqual([userKey('from the hook')]);
  });
});
