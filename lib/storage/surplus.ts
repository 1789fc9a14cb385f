/**
 * Which of an issue's events may go if only so many are to stay: kept are the newer half, and of the older ones the first
 * and others at even distances, so that what happened when can still be seen.
 *
 * @param ids oldest first
 */
export function surplusOf(ids: readonly string[], most: number): readonly string[] {
  if (ids.length <= most) return [];
  const newest = Math.floor(most / 2);
  const older = ids.slice(0, ids.length - newest);
  const kept = most - newest;
  const stays = new Set(Array.from({ length: kept }, (_, n) => Math.floor((n * older.length) / kept)));
  return older.filter((_, index) => !stays.has(index));
}
