import { PayloadTooLargeException } from '@nestjs/common';
import { categoryOf } from '../../../lib/selection/category.js';
import { httpExceptionStatus } from '../../../lib/selection/expected-exception.js';

const coded = (code: string, cause?: unknown): Error => Object.assign(new Error('x', { cause }), { code });

describe('categoryOf', () => {
  it.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'ETIMEDOUT',
    'ENOSPC',
    'EMFILE',
    'UND_ERR_SOCKET',
    '53300',
    '08006',
  ])('tells failures of the surroundings by the code %s', (code) => {
    expect(categoryOf(coded(code), undefined)).toBe('environment');
  });

  it('looks into causes and wrapped driver errors', () => {
    expect(categoryOf(new Error('outer', { cause: coded('ECONNRESET') }), 500)).toBe('environment');
    const query = Object.assign(new Error('query'), { driverError: coded('57P01') });
    expect(categoryOf(query, undefined)).toBe('environment');
  });

  it.each([
    [
      'a malformed body',
      Object.assign(new SyntaxError('x'), { type: 'entity.parse.failed', status: 400 }),
      400,
    ],
    ['a body that is too large', new PayloadTooLargeException(), undefined],
    ['too many requests', new Error('x'), 429],
    ['a foreign form', coded('EBADCSRFTOKEN'), 403],
    ["Fastify's content type parsers", coded('FST_ERR_CTP_BODY_TOO_LARGE'), 413],
  ])('tells hostile input: %s', (_name, exception, status) => {
    expect(categoryOf(exception, status ?? httpExceptionStatus(exception))).toBe('security');
  });

  it.each([
    ['a bug', new TypeError('x')],
    ['a code of the application', coded('ORDER_CLOSED')],
    ['a unique violation', coded('23505')],
    ['a primitive', 'ECONNRESET'],
    ['undefined', undefined],
  ])('leaves %s alone', (_name, exception) => {
    expect(categoryOf(exception, 500)).toBeUndefined();
  });

  it('survives getters that throw, and cycles', () => {
    const hostile = Object.defineProperty(new Error('x'), 'code', {
      get() {
        throw new Error('getter');
      },
    });
    hostile.cause = hostile;
    expect(categoryOf(hostile, 500)).toBeUndefined();
  });
});
