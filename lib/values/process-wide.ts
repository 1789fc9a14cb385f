/**
 * A value that all copies of this package in the process share: the ESM and the CommonJS build, and several installed
 * versions, each have modules of their own.
 *
 * @param name of the value, for ever: a later version finds what an earlier one made
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return (holder[Symbol.for(`nestjs-error-tracker:${name}`)] ??= make());
}
