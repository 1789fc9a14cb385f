import { HttpException } from '@nestjs/common';
import { factsOf } from '../../../lib/stack/exception-facts.js';

describe('factsOf', () => {
  it('keeps the typed properties and nothing else', () => {
    const error = Object.assign(new Error('x'), {
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
      port: 5432,
      query: 'SELECT 1',
      parameters: ['secret'],
      config: { password: 'secret' },
    });
    expect(factsOf(error)).toEqual({ code: 'ECONNREFUSED', errno: -111, syscall: 'connect', port: 5432 });
  });

  it.each([
    ['getStatus() of the framework', new HttpException('x', 418), 418],
    ['the response of axios', { response: { status: 502 } }, 502],
    ['the response of got', { response: { statusCode: 503 } }, 503],
    ['a status of its own', { status: 404 }, 404],
  ])('takes the status from %s', (_from, error, status) => {
    expect(factsOf(error)).toEqual({ status });
  });

  it('says a status once that stands under two names', () => {
    expect(factsOf({ status: 400, statusCode: 400 })).toEqual({ status: 400 });
    expect(factsOf({ status: 400, statusCode: 401 })).toEqual({ status: 400, statusCode: 401 });
  });

  it.each(['sqlState', 'sqlstate', 'SQLSTATE'])('knows %s as SQLSTATE', (key) => {
    expect(factsOf({ [key]: '23505' })).toEqual({ sqlState: '23505' });
  });

  it('cuts texts, and leaves out values that are neither text nor number', () => {
    expect(factsOf({ code: 'x'.repeat(300), constraint: {}, table: '', port: Number.NaN })).toEqual({
      code: 'x'.repeat(200),
    });
  });

  it('survives getters and getStatus() that throw', () => {
    const hostile = {
      get code(): string {
        throw new Error('getter');
      },
      getStatus() {
        throw new Error('getStatus');
      },
    };
    expect(factsOf(hostile)).toEqual({});
  });
});
