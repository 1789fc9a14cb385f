import {
  addressCredentials,
  basicCredentials,
  bearerTokens,
  unencodedAddressCredentials,
} from '../../../../lib/masking/text/credentials.js';
import { foundBy } from '../../../support/found-by.js';

it.each([
  ['postgres://shop:pw@db:5432/shop', ['shop:pw']],
  ['amqp://shop:a@b@mq', ['shop:a@b']],
  ['https://token@git.example/x.git and ftp://u:p@h', ['token', 'u:p']],
  ['http://shop.example/@joe', []],
  ['joe@shop.example', []],
])('finds user and password in %s', (text, found) => {
  expect(foundBy(addressCredentials, text)).toEqual(found);
});

it.each([
  ['redis://:a/b#c@cache:6379', [':a/b#c']],
  ['http://localhost:3000/@scope/pkg', []],
])('finds a password that was not encoded in %s', (text, found) => {
  expect(foundBy(unencodedAddressCredentials, text)).toEqual(found);
});

it.each([
  ['Bearer abc.def', ['abc.def']],
  ['h=bearer%20abc', ['abc']],
  ['Bearer token missing', []],
  ['Bearer realm="shop"', []],
  ['The bearer of this letter', []],
])('finds the bearer token in %s', (text, found) => {
  expect(foundBy(bearerTokens, text)).toEqual(found);
});

it.each([
  ['Basic am9lOmh1bnRlcjI=', ['am9lOmh1bnRlcjI=']],
  // Letters of one case alone, which decode to a user and a password.
  [`basic ${Buffer.from('aa:bbk').toString('base64')}`, [Buffer.from('aa:bbk').toString('base64')]],
  ['Basic authentication failed', []],
  ['basic information', []],
  ['basic arithmetics', []],
])('finds the basic credentials in %s', (text, found) => {
  expect(foundBy(basicCredentials, text)).toEqual(found);
});
