/** Variables that are nobody's business, by the name of the method that has them; an empty set stands for all of them. */
const marked = new Map<string, ReadonlySet<string>>();

/**
 * Notes variables of a method. A stack tells no more of a function than its name, so that methods of other classes that have
 * the same one are meant as well.
 */
export function markVariables(method: string, names: readonly string[]): void {
  const known = marked.get(method);
  const isAll = names.length === 0 || known?.size === 0;
  marked.set(method, new Set(isAll ? [] : [...(known ?? []), ...names]));
}

export function isSensitiveVariable(method: string | undefined, name: string): boolean {
  const names = method === undefined ? undefined : marked.get(method);
  return names !== undefined && (names.size === 0 || names.has(name));
}
