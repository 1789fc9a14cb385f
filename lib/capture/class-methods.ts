import 'reflect-metadata';

/** A method, and where it is defined: on the class that was asked about, or on one above it. */
export interface ClassMethod {
  readonly prototype: object;
  readonly name: string;
  readonly descriptor: PropertyDescriptor;
  readonly method: CallableFunction;
}

/** A class, or whatever else Nest keeps in the place of one. */
interface ClassLike {
  readonly name: string;
  readonly prototype?: unknown;
}

/** The prototypes of a class and of the classes above it. */
export function* prototypesOf(type: ClassLike): Generator<object> {
  let { prototype } = type;
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    yield prototype;
    prototype = Object.getPrototypeOf(prototype) as unknown;
  }
}

/** The methods of a class, inherited ones included; accessors and symbols are left out. */
export function* methodsOf(type: ClassLike): Generator<ClassMethod> {
  for (const prototype of prototypesOf(type)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method: unknown = descriptor.value;
      if (typeof method === 'function' && name !== 'constructor') {
        yield { prototype, name, descriptor, method };
      }
    }
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Gives a function that replaces another one its name, length and metadata: routers and schedulers
 * read the name, and other decorators read their metadata, on the function that they find.
 */
export function replacementOf(original: CallableFunction, replacement: Method): Method {
  for (const key of Reflect.getOwnMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, original), replacement);
  }
  Object.defineProperty(replacement, 'name', { value: original.name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true });
  return replacement;
}
