/** The methods of a class and of those above it. */
export function methodsOf(type: CallableFunction): readonly CallableFunction[] {
  const methods: CallableFunction[] = [];
  let prototype: unknown = type.prototype;
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof value === 'function' && name !== 'constructor') methods.push(value as CallableFunction);
    }
    prototype = Object.getPrototypeOf(prototype) as unknown;
  }
  return methods;
}
