import { judgedInput, type Failure } from '../../../lib/intake/failure.js';

const input = (exception: unknown, changes: Partial<Failure> = {}): Failure => ({
  exception,
  site: { source: 'http' },
  handled: false,
  severity: 'error',
  severityReason: 'unhandled',
  ...changes,
});

describe('judgedInput', () => {
  it('lets the call beat a rule, and a rule the exception itself, in how it groups', () => {
    const own = Object.assign(new Error('x'), { fingerprint: ['own', '{{default}}'] });
    expect(judgedInput(input(own), {}).fingerprint).toEqual(['own', '{{default}}']);
    expect(judgedInput(input(own), { fingerprint: ['rule'] }).fingerprint).toEqual(['rule']);
    const called = input(own, { fingerprint: ['call'] });
    expect(judgedInput(called, { fingerprint: ['rule'] }).fingerprint).toEqual(['call']);
    const text = Object.assign(new Error('x'), { fingerprint: 'one' });
    expect(judgedInput(input(text), {}).fingerprint).toEqual(['one']);
  });

  it.each([
    ['a list with other things in it', [1]],
    ['a number', 7],
    ['an empty text', ''],
    ['nothing', undefined],
  ])('does not take %s for a fingerprint', (_name, fingerprint) => {
    expect(
      judgedInput(input(Object.assign(new Error('x'), { fingerprint })), {}).fingerprint,
    ).toBeUndefined();
  });

  it('survives an exception whose fingerprint throws', () => {
    const hostile = Object.defineProperty(new Error('x'), 'fingerprint', {
      get() {
        throw new Error('getter');
      },
    });
    expect(judgedInput(input(hostile), {}).fingerprint).toBeUndefined();
  });

  it('lets a rule beat the door in how severe it is, and the call beat both', () => {
    expect(judgedInput(input(new Error('x')), { severity: 'info' })).toMatchObject({
      severity: 'info',
      severityReason: 'rule',
    });
    const specified = input(new Error('x'), { severity: 'fatal', severityReason: 'specified' });
    expect(judgedInput(specified, { severity: 'info' })).toMatchObject({
      severity: 'fatal',
      severityReason: 'specified',
    });
  });
});
