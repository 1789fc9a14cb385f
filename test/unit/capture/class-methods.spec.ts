import { SetMetadata } from '@nestjs/common';
import { methodsOf, prototypesOf, replacementOf } from '../../../lib/capture/class-methods.js';

class Base {
  inherited(): void {
    // A method.
  }
  overridden(): void {
    // A method.
  }
}
class Derived extends Base {
  static notThis(): void {
    // Of the class, not of its instances.
  }
  override overridden(): void {
    // A method.
  }
  get accessor(): () => void {
    throw new Error('getters are not called');
  }
  [Symbol('hidden')](): void {
    // Not by name.
  }
}

describe('methodsOf', () => {
  it('finds methods where they are defined, the nearest class first', () => {
    expect([...prototypesOf(Derived)]).toEqual([Derived.prototype, Base.prototype]);
    expect([...methodsOf(Derived)].map(({ prototype, name }) => [prototype, name])).toEqual([
      [Derived.prototype, 'overridden'],
      [Base.prototype, 'inherited'],
      [Base.prototype, 'overridden'],
    ]);
  });

  it.each([() => undefined, Object])('finds none on %p', (type) => {
    expect([...methodsOf(type)]).toEqual([]);
  });
});

describe('replacementOf', () => {
  it('takes over name, length and metadata', () => {
    const original = function named(_first: string, _second: string): void {
      // Is replaced.
    };
    SetMetadata('mark', 7)(original);
    const replacement = replacementOf(original, () => 'replaced');
    expect([replacement.name, replacement.length, replacement()]).toEqual(['named', 2, 'replaced']);
    expect(Reflect.getMetadata('mark', replacement)).toBe(7);
  });
});
