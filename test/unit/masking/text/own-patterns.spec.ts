import { findByPatterns } from '../../../../lib/masking/text/own-patterns.js';
import { maskedBy } from '../../../support/found-by.js';

it('replaces every match of every pattern', () => {
  const own = findByPatterns([/EMP-\d+/, /cust\w+/i]);
  expect(maskedBy(own, 'EMP-1 met EMP-22 and CUSTomer')).toBe('*** met *** and ***');
});

it('lets a pattern read what the one before it left', () => {
  expect(maskedBy(findByPatterns([/\d+/, /id \D+/]), 'id 17 x')).toBe('***');
});

it('keeps patterns from what was replaced before', () => {
  expect(maskedBy(findByPatterns([/\*+/]), 'a *** b * c')).toBe('a *** b *** c');
});

it('neither needs the flag g nor keeps a state between texts', () => {
  const pattern = /x/gy;
  const own = findByPatterns([pattern]);
  for (let time = 0; time < 2; time++) expect(maskedBy(own, 'ax bx')).toBe('a*** b***');
  expect(pattern.lastIndex).toBe(0);
});
