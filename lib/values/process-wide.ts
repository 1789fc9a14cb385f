/**
 * A value that all copies of this package in the process share. The ESM build, the CommonJS build
 * and every installed version have modules of their own, so a module variable would exist several
 * times.
 *
 * @param name must never change: other versions look the value up by it
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return (holder[Symbol.for(`nestjs-error-tracker:${name}`)] ??= make());
}
