import {
  isSensitiveVariable,
  markBody,
  markVariables,
  withoutSensitive,
} from '../../../lib/scope/sensitive-marks.js';

class Accounts {
  create(): void {
    // Fields are marked.
  }
  upload(): void {
    // The whole body is marked.
  }
  list(): void {
    // Nothing is marked.
  }
}
class Logins {
  login(): void {
    // A field is marked, besides that of the class.
  }
}
markBody(Accounts.prototype.create, ['iban', 'pin']);
markBody(Accounts.prototype.upload, []);
markBody(Logins, ['device']);
markBody(Logins.prototype.login, ['pin']);

const cleaned = (body: unknown, type: typeof Accounts | typeof Logins, name?: string): unknown =>
  withoutSensitive(body, type, name, '[masked]');

describe('withoutSensitive', () => {
  it('replaces the marked fields in a copy', () => {
    const body = { iban: 'DE1', pin: '1', name: 'ann' };
    expect(cleaned(body, Accounts, 'create')).toEqual({ iban: '[masked]', pin: '[masked]', name: 'ann' });
    expect(body.iban).toBe('DE1');
  });

  it('adds the marks of the method to those of the class', () => {
    const body = { device: 'd', pin: '1', name: 'ann' };
    expect(cleaned(body, Logins, 'login')).toEqual({ device: '[masked]', pin: '[masked]', name: 'ann' });
    expect(cleaned(body, Logins)).toEqual({ device: '[masked]', pin: '1', name: 'ann' });
  });

  it.each<[string, unknown, string]>([
    ['a mark without fields', { any: 'x' }, 'upload'],
    ['a body that is a list', [{ pin: '1' }], 'create'],
    ['a body that is a text', 'pin=1', 'create'],
  ])('replaces all of it: %s', (_name, body, method) => {
    expect(cleaned(body, Accounts, method)).toBe('[masked]');
  });

  it.each([undefined, null])('has nothing to replace in %p', (body) => {
    expect(cleaned(body, Accounts, 'upload')).toBe(body);
  });

  it('hands on the body itself where nothing is marked, or the handler is not known', () => {
    const body = { pin: '1' };
    expect(cleaned(body, Accounts, 'list')).toBe(body);
    expect(cleaned(body, Accounts, 'missing')).toBe(body);
    expect(withoutSensitive(body, undefined, undefined, '[masked]')).toBe(body);
  });
});

describe('isSensitiveVariable', () => {
  it('knows the marked variables of a method', () => {
    markVariables('pay', ['card']);
    markVariables('pay', ['cvc']);
    expect(['card', 'cvc', 'amount'].map((name) => isSensitiveVariable('pay', name))).toEqual([
      true,
      true,
      false,
    ]);
    expect([isSensitiveVariable('other', 'card'), isSensitiveVariable(undefined, 'card')]).toEqual([
      false,
      false,
    ]);
  });

  it('takes no names for all of them, whatever else is said of the method', () => {
    markVariables('unlock', ['key']);
    markVariables('unlock', []);
    markVariables('unlock', ['door']);
    expect(isSensitiveVariable('unlock', 'anything')).toBe(true);
  });
});
