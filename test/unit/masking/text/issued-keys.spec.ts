import {
  jsonWebTokens,
  privateKeys,
  slackWebhooks,
  vendorKeys,
} from '../../../../lib/masking/text/issued-keys.js';
import { ISSUED_KEYS } from '../../../support/masking-secrets.js';
import { foundBy } from '../../../support/found-by.js';

it.each(ISSUED_KEYS)('finds %s, whatever stands around it', (key) => {
  expect(foundBy(vendorKeys, `denied for "${key}", try again`)).toEqual([key]);
});

it.each(['risk-averse-people', 'npm_config', 'task_live_12345678', 'xAKIAIOSFODNN7EXAMPLE', 'sk-short'])(
  'finds no key in %s',
  (text) => {
    expect(foundBy(vendorKeys, text)).toEqual([]);
  },
);

it.each([
  ['jwt malformed: eyJhbGciOi.eyJzdWIi.sig', ['eyJhbGciOi.eyJzdWIi.sig']],
  ['/verify/eyJhbGciOi.x/now', ['eyJhbGciOi.x']],
  // The first part hides in a longer word.
  ['h=a%20eyJhbGciOi.eyJzdWIi.sig', ['eyJzdWIi.sig']],
  ['eyJ is how they start', []],
])('finds the JSON Web Tokens in %s', (text, found) => {
  expect(foundBy(jsonWebTokens, text)).toEqual(found);
});

it('finds private keys to their end line, or to the end of the text', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE-x\n-----END RSA PRIVATE KEY-----';
  expect(foundBy(privateKeys, `a ${key} b ${key}`)).toEqual([key, key]);
  expect(foundBy(privateKeys, `a ${key.slice(0, 40)}`)).toEqual([key.slice(0, 40)]);
  expect(foundBy(privateKeys, '-----BEGIN CERTIFICATE-----\nMIIE')).toEqual([]);
});

it('finds the path of a Slack webhook', () => {
  expect(foundBy(slackWebhooks, 'POST https://hooks.slack.com/services/T0/B0/x9 failed')).toEqual([
    'T0/B0/x9',
  ]);
});
