import { assignments } from '../../../../lib/masking/text/assignments.js';
import { foundBy, maskedBy } from '../../../support/found-by.js';

it.each([
  ['a=1&secret=x&b=2', ['x']],
  ['secret: x and more', ['x and more']],
  ['failed with secret: x and more', ['x']],
  ['secret: x y, page: 2', ['x y']],
  ['{"secret":"x y","a":1}', ['x y']],
  ['{\\"secret\\":\\"x\\",\\"a\\":1}', ['x']],
  ["{ 'secret' => 'x' }", ['x']],
  ["SET secret = 'it''s x' WHERE", ["it''s x"]],
  ['{"secrets":{"a":["x"]},"b":1}', ['{"a":["x"]}']],
  ['{"secret":{"a":"x', ['{"a":"x']],
  ['Unexpected secret: { in it\nnext', ['{ in it']],
  ['secret%3Dx%26b%3D2', ['x']],
  ['secret[value]=x&a=1', ['x']],
  ['secret[]=x', ['x']],
  ['secret=a,b)c', ['a,b)c']],
  ['secret=a, b', ['a']],
  ['secret=Bearer x', ['Bearer x']],
  ['secret="x', ['x']],
  ['secret: x\r\nhost: y', ['x']],
  ['x-secret-cookie: a=1; b=2', ['a=1; b=2']],
  ['secret=x;secret=y', ['x', 'y']],
])('finds the values of sensitive names in %s', (text, found) => {
  expect(foundBy(assignments, text)).toEqual(found);
});

it.each([
  'page=2',
  'secret=null',
  'secret: undefined, a',
  'secret=',
  'secret=""',
  'src/secret.ts:10:5',
  'http://secret.example:8080/',
  'Secret::Value',
  'secret://x',
])('finds nothing in %s', (text) => {
  expect(foundBy(assignments, text)).toEqual([]);
});

it.each([
  ['const secret = next();', []],
  ["const secret = 'x';", ['x']],
  ["const url = 'db?secret=x&ssl=1';", ['x']],
  ["const a = 'it\\'s'; const url = 'db?secret=x';", ['x']],
  ["const a = 'b'; secret=x", []],
  ["const a = 'open\nsecret=x", []],
])('finds only literals in the source line %j', (text, found) => {
  expect(foundBy(assignments, text, 'code')).toEqual(found);
});

it.each(['secret=***', 'secret: *** x', '"secret":"***"'])('leaves %s, which was masked before', (text) => {
  expect(maskedBy(assignments, text)).toBe(text);
});

it('takes what a former pass left behind the replacement', () => {
  expect(maskedBy(assignments, 'a secret=***x')).toBe('a secret=***');
});
