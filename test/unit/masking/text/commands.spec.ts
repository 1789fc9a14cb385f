import { commandOptions, sqlPasswords } from '../../../../lib/masking/text/commands.js';
import { foundBy, maskedBy } from '../../../support/found-by.js';

it.each([
  ['dump --host db --secret x --verbose', ['x']],
  ['dump --secret "x y"', ['"x y"']],
  ['dump --secret --verbose', []],
  ['a--secret x', []],
  ['dump --port 3000', []],
])('finds the values of sensitive options in %s', (text, found) => {
  expect(foundBy(commandOptions, text)).toEqual(found);
});

it.each([
  ["CREATE USER x IDENTIFIED BY 'it''s x';", "CREATE USER x IDENTIFIED BY '***';"],
  ['ALTER USER x identified by password "x"', "ALTER USER x identified by password '***'"],
  ['identified by its name', 'identified by its name'],
])('masks the password in %s', (text, masked) => {
  expect(maskedBy(sqlPasswords, text)).toBe(masked);
});
