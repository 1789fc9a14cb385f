import { namedValues } from '../../../../lib/masking/text/named-values.js';
import { foundBy, maskedBy } from '../../../support/found-by.js';

it.each([
  ['failed: {"name":"secret","value":"x"} at last', 'failed: {"name":"secret","value":"***"} at last'],
  ['{"field" : "secret" , "value" : 17}!', '{"field" : "secret" , "value" : "***"}!'],
  ['"header":"secret","value":"a \\" b', '"header":"secret","value":"***"'],
  ['{"name":"city","value":"x"}', '{"name":"city","value":"x"}'],
])('masks values named by another value in %s', (text, masked) => {
  expect(maskedBy(namedValues, text)).toBe(masked);
});

it('leaves source code to the finder of literals', () => {
  expect(foundBy(namedValues, '"name":"secret","value":"x"', 'code')).toEqual([]);
});
