import { typeOfError, typeOfObject } from '../../../lib/stack/exception-type.js';

class PaymentError extends Error {}
class Named extends Error {
  override name = 'CardDeclined';
}
// Minified.
class ab extends Error {}

describe('typeOfError', () => {
  it.each([
    ['a name that was set', new Named(), 'CardDeclined'],
    ['the class if nobody set the name', new PaymentError(), 'PaymentError'],
    ['the generic name if the class is minified', new ab(), 'Error'],
    ['a generic name of the engine', new TypeError('x'), 'TypeError'],
    ['nothing useful', { name: 'a name with blanks' }, 'Error'],
    ['a name that is no text', { name: 7 }, 'Error'],
  ])('takes %s', (_what, error, type) => {
    expect(typeOfError(error)).toBe(type);
  });
});

describe('typeOfObject', () => {
  class Refusal {}

  it.each([
    [new Refusal(), 'Refusal'],
    [{}, 'NonError'],
    [Object.create(null), 'NonError'],
  ])('names the class of %p', (value, type) => {
    expect(typeOfObject(value)).toBe(type);
  });
});
