const STEPS = [
  ['y', 31_536_000],
  ['mo', 2_592_000],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `3 min`. The server writes it, and the script of the pages keeps it up to date. */
export function span(seconds: number): string {
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? `${Math.floor(seconds / step[1])} ${step[0]}` : `${Math.max(0, Math.floor(seconds))} s`;
}
