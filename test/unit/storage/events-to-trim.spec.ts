import { eventsToTrim, trimmedAbove, type TrimmableEvent } from '../../../lib/storage/events-to-trim.js';

const eventsOf = (n: number, release: (index: number) => string | null = () => null): TrimmableEvent[] =>
  Array.from({ length: n }, (_, index) => ({ id: String(index), at: index * 10, release: release(index) }));

const kept = (events: TrimmableEvent[], comebacks: number[], most: number): number[] => {
  const toTrim = new Set(eventsToTrim(events, comebacks, most));
  return events
    .map(({ id }) => id)
    .filter((id) => !toTrim.has(id))
    .map(Number);
};

describe('what an issue keeps of its events', () => {
  it('is everything as long as it is within its share', () => {
    expect(eventsToTrim(eventsOf(10), [], 10)).toEqual([]);
    expect(trimmedAbove(100)).toBe(120);
    expect(trimmedAbove(1)).toBe(1);
  });

  it('is exactly its share, from all times', () => {
    expect(kept(eventsOf(1000), [], 10)).toEqual([0, 125, 373, 622, 870, 995, 996, 997, 998, 999]);
    for (let most = 1; most < 40; most += 1) expect(kept(eventsOf(40), [55, 205], most)).toHaveLength(most);
  });

  it('is the newest, then the first, where there is a place for one or two', () => {
    expect(kept(eventsOf(50), [123], 1)).toEqual([49]);
    expect(kept(eventsOf(50), [123], 2)).toEqual([0, 49]);
    expect(kept(eventsOf(50), [123], 3)).toEqual([0, 13, 49]);
  });

  it('is an event of each of the last five times it came back', () => {
    const comebacks = [95, 195, 295, 395, 495, 595, 695];
    expect(kept(eventsOf(100), comebacks, 7)).toEqual([0, 30, 40, 50, 60, 70, 99]);
    // Before the first event that is left, and after the last.
    expect(kept(eventsOf(100), [-5, 99_999], 2)).toEqual([0, 99]);
  });

  it('is the first event of each of the last ten releases', () => {
    const events = eventsOf(200, (index) => (index % 2 ? `1.${String(Math.floor(index / 10))}` : null));
    expect(kept(events, [], 12)).toEqual([0, ...Array.from({ length: 10 }, (_, n) => 101 + n * 10), 199]);
  });

  it('is found for a share of a hundred thousand, too', () => {
    expect(eventsToTrim(eventsOf(150_000), [5], 100_000)).toHaveLength(50_000);
  });
});
