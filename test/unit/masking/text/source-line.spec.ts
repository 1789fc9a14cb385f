import { codeLiterals, maskSourceLine } from '../../../../lib/masking/text/source-line.js';
import { foundBy, RULES } from '../../../support/found-by.js';

it.each([
  ["const secret = process.env.X ?? 'abc'", ['abc']],
  ['private readonly secret: string = "abc";', ['abc']],
  ["headers.set('secret', 'abc', 'def')", ['abc', 'def']],
  ["f('abc', secret)", []],
  ["throw new SecretError('not yours, really')", []],
  ["import { Secret } from './secret.js';", []],
  ["const secret = require('./secret')", []],
])('finds the literals behind a sensitive name in %s', (line, found) => {
  expect(foundBy(codeLiterals, line, 'code')).toEqual(found);
});

it.each([
  ["secret = 'abc'; // secret: x, page: 2", "secret = '***'; // secret: ***, page: 2"],
  ['// the secret=x', '// the secret=***'],
  [' * secret: x', ' * secret: ***'],
  ['get(`http://host/x`, secret(1))', 'get(`http://host/x`, secret(1))'],
  ["// secret 'abc'", "// secret 'abc'"],
])('reads code as code and comments as prose: %s', (line, masked) => {
  expect(maskSourceLine(line, RULES)).toBe(masked);
});
