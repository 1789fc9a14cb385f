/** The error's own words, on one line; a store's errors may quote data, so only a little of it. */
export function reasonOf(error: unknown): string {
  const { code, name, message } = (typeof error === 'object' && error !== null ? error : {}) as Partial<
    Error & { code: unknown }
  >;
  const label = typeof code === 'string' ? code : (name ?? 'Error');
  const line = (typeof message === 'string' ? message : '').replace(/\s+/g, ' ').slice(0, 200);
  return `${label}: ${line}`;
}
