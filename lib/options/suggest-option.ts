/**
 * The known path that was most likely meant by an unknown one; `undefined` if none is similar
 * enough.
 */
export function suggestOption(unknownPath: string, knownPaths: readonly string[]): string | undefined {
  const wanted = lastSegment(unknownPath);
  const parent = unknownPath.slice(0, -wanted.length);
  const maxDistance = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = maxDistance + 1;
  for (const path of knownPaths) {
    const name = lastSegment(path);
    // Of two that are equally similar the one in the same section wins.
    const distance = editDistance(wanted, name) + (path.startsWith(parent) ? 0 : 0.5);
    if (distance < bestDistance) {
      best = path;
      bestDistance = distance;
    }
  }
  return best;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Levenshtein's: how many characters must be added, removed or replaced. Case does not count. */
function editDistance(left: string, right: string): number {
  const a = left.slice(0, 60).toLowerCase();
  const b = right.toLowerCase();
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
