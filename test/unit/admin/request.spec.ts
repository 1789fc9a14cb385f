import { BadRequestException } from '@nestjs/common';
import {
  eventIdOf,
  headerOf,
  issueIdOf,
  paramOf,
  pathOf,
  queryOf,
  wantsHtml,
} from '../../../lib/admin/request.js';

describe('pathOf and queryOf', () => {
  it.each([
    [
      'Express, mounted below another application',
      { originalUrl: '/base/errors/?a=1', url: '/errors/?a=1' },
      '/base/errors/',
    ],
    ['a platform without an original address', { url: '/errors/?a=1' }, '/errors/'],
  ])('split the address of %s', (_platform, request, path) => {
    expect(pathOf(request)).toBe(path);
    expect(queryOf(request).get('a')).toBe('1');
  });

  it('split at the first question mark and decode the query only', () => {
    const request = { url: '/a%20b?search=%3F?&status=open' };
    expect(pathOf(request)).toBe('/a%20b');
    expect(queryOf(request).get('search')).toBe('??');
    expect(queryOf(request).get('status')).toBe('open');
  });

  it.each([{}, { url: 7 }, { url: null, originalUrl: ['/x'] }])('take %j for the root', (request) => {
    expect(pathOf(request)).toBe('/');
    expect([...queryOf(request)]).toEqual([]);
  });
});

describe('headerOf and paramOf', () => {
  it('give a single text and nothing else', () => {
    const request = { headers: { accept: 'a', via: ['b', 'c'] }, params: { id: '1', list: ['2'] } };
    expect([headerOf(request, 'accept'), headerOf(request, 'via'), headerOf({}, 'via')]).toEqual([
      'a',
      undefined,
      undefined,
    ]);
    expect([paramOf(request, 'id'), paramOf(request, 'list'), paramOf({}, 'id')]).toEqual(['1', '', '']);
  });
});

describe('wantsHtml', () => {
  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', true],
    ['application/json', false],
    ['*/*', false],
    [undefined, false],
  ])('for %p is %s', (accept, expected) => {
    expect(wantsHtml({ headers: { accept } })).toBe(expected);
  });
});

describe('ids', () => {
  it.each(['0', '-1', '1.5', '1e9', 'abc', '', '99999999999999999', ' 1', '1 OR 1=1'])(
    'refuses %p as the number of an issue',
    (text) => {
      expect(() => issueIdOf({ params: { id: text } })).toThrow(BadRequestException);
    },
  );

  it.each(['', '../x', 'a'.repeat(65), "1' OR '1'='1", 'é'])('refuses %p as the id of an event', (text) => {
    expect(() => eventIdOf({ params: { id: text } }, 'id')).toThrow(BadRequestException);
  });

  it('takes an event id in capitals for what it is', () => {
    expect(eventIdOf({ params: { eventId: '019F2C4E-002D-7A3B-9C1D-8E5F00AA1B2C' } }, 'eventId')).toBe(
      '019f2c4e-002d-7a3b-9c1d-8e5f00aa1b2c',
    );
    expect(issueIdOf({ params: { id: '42' } })).toBe(42);
  });
});
