import { elements } from '../../../../lib/masking/text/elements.js';
import { foundBy, maskedBy } from '../../../support/found-by.js';

it.each([
  ['<u><secret>x</secret><n>1</n></u>', ['x']],
  ['<ns:Secret Type="text">x</ns:Secret>', ['x']],
  ['<secrets><a>x</a></secrets>', ['<a>x</a>']],
  ['<secret><![CDATA[x]]></secret>', ['<![CDATA[x]]>']],
  ['<secret>x and </b>', ['x and ']],
  ['<secret/><b>x</b>', []],
  ['<secret></secret>', []],
  ['<b>x</b>', []],
  ['<secret>x', []],
])('finds the content of sensitive elements in %s', (text, found) => {
  expect(foundBy(elements, text)).toEqual(found);
});

it('leaves what was masked before', () => {
  expect(maskedBy(elements, '<secret>***</secret>')).toBe('<secret>***</secret>');
});
