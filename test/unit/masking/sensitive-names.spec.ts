import { sensitiveNames } from '../../../lib/masking/sensitive-names.js';
import { PLAIN_KEYS, SECRET_KEYS } from '../../support/masking-secrets.js';

const isSensitive = sensitiveNames([], []);

it.each(SECRET_KEYS)('judges %s to be sensitive, and again', (name) => {
  expect(isSensitive(name)).toBe(true);
  expect(isSensitive(name)).toBe(true);
});

it.each(PLAIN_KEYS)('judges %s to be harmless, and again', (name) => {
  expect(isSensitive(name)).toBe(false);
  expect(isSensitive(name)).toBe(false);
});

it('lets allowed names win over own parts, and own parts over harmless words', () => {
  const own = sensitiveNames(['author', 'iban'], ['authorName']);
  expect(own('author')).toBe(true);
  expect(own('user_IBAN')).toBe(true);
  expect(own('author-name')).toBe(false);
});

it('does not judge a long name by what it remembers of a longer one', () => {
  const judge = sensitiveNames([], []);
  const long = `${'x'.repeat(200)}_password_${'x'.repeat(46)}`;
  expect(long).toHaveLength(256);
  // Of this one only the ends are judged.
  expect(judge(long + 'x'.repeat(200))).toBe(false);
  expect(judge(long)).toBe(true);
});

it('judges by the whole name however many names it has seen', () => {
  const judge = sensitiveNames([], []);
  for (let index = 0; index < 5000; index++) judge(`field${index}`);
  expect(judge('password')).toBe(true);
  expect(judge('field1')).toBe(false);
});
