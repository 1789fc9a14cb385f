/**
 * An issue is trimmed only when it is this far above its share: not again for every new event.
 */
const SLACK = 1.2;
const MAX_COMEBACKS = 5;
const MAX_RELEASES = 10;

/** What decides whether an event may go. */
export interface TrimmableEvent {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly release?: string | null | undefined;
}

/** An issue with more events than this is trimmed to its share. */
export function trimmedAbove(share: number): number {
  return Math.floor(share * SLACK);
}

/**
 * Ids of the events that an issue loses when it is trimmed to its share. The events that tell its
 * story stay: the newest, the first, the first after each time it came back and the first of each
 * release; the latest of them if there are many. Half of the remaining share goes to the newest
 * other events, half to events spread evenly over the rest.
 *
 * @param events oldest first
 * @param comebacks when the issue came back, in epoch milliseconds
 */
export function eventsToTrim(
  events: readonly TrimmableEvent[],
  comebacks: readonly number[],
  share: number,
): readonly string[] {
  if (events.length <= share) return [];
  const stays = new Set([...landmarks(events, comebacks)].slice(0, share));
  const others = events.filter((event) => !stays.has(event));
  const places = share - stays.size;
  const newest = Math.floor(places / 2);
  const older = others.slice(0, others.length - newest);
  const spread = places - newest;
  const between = new Set(
    Array.from({ length: spread }, (_, n) => Math.floor(((n + 0.5) * older.length) / spread)),
  );
  return older.filter((_, index) => !between.has(index)).map(({ id }) => id);
}

/** The most telling first, since there may not be a place for all. */
function landmarks(events: readonly TrimmableEvent[], comebacks: readonly number[]): Set<TrimmableEvent> {
  const afterComeback = [...comebacks]
    .sort((a, b) => b - a)
    .slice(0, MAX_COMEBACKS)
    .map((moment) => events.find(({ at }) => at >= moment));
  const ofRelease = new Map<string, TrimmableEvent>();
  for (const event of events) {
    if (event.release && !ofRelease.has(event.release)) ofRelease.set(event.release, event);
  }
  const latestReleases = [...ofRelease.values()].slice(-MAX_RELEASES).reverse();
  const all = [events.at(-1), events[0], ...afterComeback, ...latestReleases];
  return new Set(all.filter((event) => event !== undefined));
}
