import { EventEmitter } from 'node:events';
import {
  className,
  dataText,
  describeObject,
  describePrimitive,
} from '../../../lib/bounds/describe-value.js';

const boom = (): never => {
  throw new Error('code of the value was run');
};

it.each<[string | undefined, object]>([
  ['[Buffer 3 bytes]', Buffer.from('abc')],
  ['2026-01-01T00:00:00.000Z', new Date('2026-01-01')],
  ['Invalid Date', new Date('x')],
  ['/a/g', /a/g],
  ['https://a.example/', new URL('https://a.example')],
  ['a=1', new URLSearchParams('a=1')],
  ['[EventEmitter]', new EventEmitter()],
  ['[Promise]', Promise.resolve()],
  ['[Object]', { socket: new EventEmitter() }],
  [undefined, { socket: 'a' }],
  [undefined, new Map()],
  [undefined, new Error('x')],
])('says %s', (text, value) => {
  expect(describeObject(value)).toBe(text);
});

it.each<[string, unknown]>([
  ['17n', 17n],
  ['[BigInt]', 2n ** 1024n],
  ['Symbol(a)', Symbol('a')],
  ['[Function boom]', boom],
  [
    '[Function]',
    (
      () => () =>
        undefined
    )(),
  ],
  ['[Proxy]', new Proxy(boom, {})],
])('says %s', (text, value) => {
  expect(describePrimitive(value)).toBe(text);
});

it('reads class names and texts without running code', () => {
  class Order {
    get note(): never {
      return boom();
    }
  }
  expect(className(new Order())).toBe('Order');
  expect(className(Object.create(new Proxy({}, { get: boom, getPrototypeOf: boom })) as object)).toBe(
    undefined,
  );
  expect(dataText(new Order(), 'note')).toBe(undefined);
  expect(dataText(Object.create({ note: 'x' }) as object, 'note')).toBe('x');
});
