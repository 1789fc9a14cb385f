import { BadRequestException } from '@nestjs/common';
import { readListQuery, readMoment } from '../../../../lib/admin/controllers/read-query.js';

const read = (query: string) => readListQuery(new URLSearchParams(query), { status: 'open', limit: 25 });

describe('readListQuery', () => {
  it('falls back to the defaults', () => {
    expect(read('')).toEqual({ status: 'open', search: '', sort: 'lastSeen', cursor: undefined, limit: 25 });
  });

  it('reads every field', () => {
    expect(read('status=muted&search=%20pay%20&sort=eventCount&cursor=abc_-1&limit=50')).toEqual({
      status: 'muted',
      search: 'pay',
      sort: 'eventCount',
      cursor: 'abc_-1',
      limit: 50,
    });
  });

  it.each([
    ['limit=0', 1],
    ['limit=-5', 1],
    ['limit=99999', 200],
    ['limit=', 25],
  ])('clamps the page size of ?%s', (query, limit) => {
    expect(read(query).limit).toBe(limit);
  });

  it.each([
    'status=closed',
    'status[]=open',
    'status=open&status=muted',
    'status[$ne]=open',
    'sort=id;DROP TABLE issue',
    'sort[]=lastSeen',
    'sort=constructor',
    'limit=abc',
    'limit=1e3',
    'limit=10&limit=20',
    "cursor=';--",
    `cursor=${'a'.repeat(600)}`,
    'cursor[$gt]=1',
    'search[]=a',
  ])('refuses ?%s', (query) => {
    expect(() => read(query)).toThrow(BadRequestException);
  });

  it('bounds the search and takes out what databases choke on', () => {
    expect(read(`search=a%00b%0Ac${'x'.repeat(500)}`).search).toMatch(/^abcx{197}$/);
  });
});

describe('readMoment', () => {
  it('reads ISO 8601 and nothing else', () => {
    const at = (text: string) => readMoment(new URLSearchParams({ since: text }), 'since');
    expect(at('2026-01-02T03:04:05.006Z')).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
    expect(() => at('yesterday')).toThrow(BadRequestException);
    expect(() => at('2026-99-99T00:00:00Z')).toThrow(BadRequestException);
  });
});
