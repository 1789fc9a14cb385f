import 'reflect-metadata';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Makes a function that takes the place of `original`, with the same name, length and metadata. */
export function standIn(original: CallableFunction, replacement: Method): Method {
  // Other decorators find their metadata, and routers and schedulers the name, on the function that takes the place.
  for (const key of Reflect.getOwnMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), replacement);
  }
  Object.defineProperty(replacement, 'name', { value: original.name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true });
  return replacement;
}
