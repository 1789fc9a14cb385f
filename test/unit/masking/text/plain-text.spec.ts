import { findByPatterns } from '../../../../lib/masking/text/own-patterns.js';
import { maskPlainText } from '../../../../lib/masking/text/plain-text.js';
import { RULES } from '../../../support/found-by.js';

const KEY = `ghp_${'a'.repeat(20)}`;

it('replaces keys before it asks how far an assigned value reaches', () => {
  const rules = { ...RULES, replacement: '[masked]' };
  expect(maskPlainText(`secret=${KEY},page 2`, 'prose', rules)).toBe('secret=[masked],page 2');
});

it('goes on until nothing changes', () => {
  // The replacement ends the longer word in which the key was hidden.
  const rules = { ...RULES, ownPatterns: findByPatterns([/EMP\d/]) };
  expect(maskPlainText(`EMP1${KEY}`, 'prose', rules)).toBe('******');
});

it('reads a very short text for own patterns only', () => {
  const isSensitive = (name: string): boolean => name === 'k';
  expect(maskPlainText('k=v', 'prose', { ...RULES, isSensitive })).toBe('k=v');
  expect(maskPlainText('k=vw', 'prose', { ...RULES, isSensitive })).toBe('k=***');
  expect(maskPlainText('k=v', 'prose', { ...RULES, ownPatterns: findByPatterns([/v/]) })).toBe('k=***');
});
