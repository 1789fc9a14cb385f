import { destinationParts, factParts, factsReplaceMessage } from '../../../lib/grouping/fact-parts.js';

describe('factParts', () => {
  it('names the facts that tell failures apart, in one order', () => {
    const facts = {
      status: 409,
      schema: 'tenant7',
      hostname: 'db-1',
      code: '23505',
      constraint: 'orders_key',
    };
    expect(factParts(facts)).toEqual(['code 23505', 'constraint orders_key', 'status 409']);
  });

  it('takes the errno only where there is no code', () => {
    expect(factParts({ errno: -111 })).toEqual(['errno -111']);
    expect(factParts({ errno: -111, code: 'ECONNREFUSED' })).toEqual(['code ECONNREFUSED']);
  });

  it('keeps what a validator found', () => {
    expect(factParts({ invalid: 'age min' })).toEqual(['invalid age min']);
  });

  it.each([
    ['12345678', 'code <*>'],
    ['01920000-0000-7000-8000-000000000001', 'code <*>'],
    ['order 17 failed', 'code order <*> failed'],
    ['ERR_HTTP2', 'code ERR_HTTP2'],
  ])('does not count data in a code such as %s', (code, part) => {
    expect(factParts({ code })).toEqual([part]);
  });
});

describe('destinationParts', () => {
  it('names the host and its port', () => {
    expect(destinationParts({ hostname: 'db.example', port: 5432 })).toEqual([
      'host db.example',
      'port 5432',
    ]);
  });

  it('leaves out addresses and ports that change', () => {
    expect(destinationParts({ hostname: '10.0.0.7', port: 40_000 })).toEqual([]);
    expect(destinationParts({ hostname: 'fe80::1', port: 32_768 })).toEqual([]);
    expect(destinationParts({ port: 32_767 })).toEqual(['port 32767']);
  });
});

describe('factsReplaceMessage', () => {
  it.each([
    [{ invalid: 'age min' }, true],
    [{ code: 'ENOENT', syscall: 'open' }, true],
    [{ code: '23505', constraint: 'orders_key' }, true],
    [{ code: 'E_OWN' }, false],
    [{ syscall: 'open' }, false],
    [{}, false],
  ])('%p: %p', (facts, replaces) => {
    expect(factsReplaceMessage(facts)).toBe(replaces);
  });
});
