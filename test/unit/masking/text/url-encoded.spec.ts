import { urlEncoded } from '../../../../lib/masking/text/url-encoded.js';
import { maskedBy } from '../../../support/found-by.js';

const encoded = encodeURIComponent;

it.each([
  [`/go?to=${encoded('/x?secret=y&a=1')}&b=2`, `/go?to=${encoded('/x?secret=')}***${encoded('&a=1')}&b=2`],
  [`/go?to=${encoded(`/go?to=${encoded('/x?secret=y')}`)}`, '***'],
  [`/go?to=${encoded('/x?page=2')}`, `/go?to=${encoded('/x?page=2')}`],
  ['100% of it: a%zz=1', '100% of it: a%zz=1'],
  // Some of it is no UTF-8.
  ['q=%ff%20secret%3Dy', '***'],
])('masks what %s holds encoded', (text, masked) => {
  const result = maskedBy(urlEncoded, text);
  if (masked === '***') {
    expect(result).toContain('***');
    expect(result).not.toMatch(/y$/);
  } else expect(result).toBe(masked);
});

it('decodes four times, and no more', () => {
  const times = (count: number): string => {
    let text = '<secret>y</secret>';
    for (let time = 0; time < count; time++) text = encoded(text);
    return `q=${text}`;
  };
  expect(maskedBy(urlEncoded, times(4))).toContain('***');
  expect(maskedBy(urlEncoded, times(5))).toBe(times(5));
});
