// Texts made to keep patterns busy: the beginnings of everything that is looked for, again and
// again. Used by a test and by the benchmark.

const PIECES = [
  ...[
    'password',
    'api_key',
    'token=',
    'secret:',
    '"password":"',
    'Authorization: ',
    'Bearer ',
    'Basic ',
    'Cookie:',
  ],
  ...[
    'eyJ',
    'eyJhbGciOi.',
    '-----BEGIN PRIVATE KEY',
    '-----',
    '://',
    'http://a:',
    '@',
    'AKIA',
    'ghp_',
    'sk_live_',
    'xox',
  ],
  ...[
    '4111 ',
    '4111-1111-',
    '1',
    '0x',
    'deadbeef',
    'a-f0',
    '2026-01-01T',
    '12:',
    '1.',
    '255.',
    '::',
    'fe80:',
    ':',
  ],
  ...[
    '%',
    '%25',
    '%3D',
    '%22',
    '%7B%22',
    '%F0%9F',
    '+',
    '&',
    '?',
    '=',
    '&a=',
    '/',
    '\\',
    '\\"',
    '\\\\',
    "'",
    "''",
    '"',
    '`',
  ],
  ...[
    '{',
    '[',
    '}',
    ']',
    '{"a":',
    '["',
    '[[',
    '(',
    ')',
    '<',
    '<a>',
    '</',
    '<password>',
    '&lt;',
    '&quot;',
    '|',
    ';',
    ',',
    '.',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '    at ',
    'at async ',
    'eval at ',
    '(<anonymous>',
    ':1:1)',
    'node_modules/',
    'Error: ',
  ],
  ...[
    'Key (',
    ')=(',
    'reading ',
    'Received ',
    'Cannot convert ',
    ' to a BigInt',
    'ä',
    '😀',
    '\ud800',
    '\0',
    '\u2028',
  ],
  ...[
    '_',
    '-',
    '--password=',
    'IDENTIFIED BY ',
    '$',
    '${',
    '#',
    '~',
    '^',
    '!',
    'x',
    'X',
    'aA1',
    'x'.repeat(50),
    '7'.repeat(30),
  ],
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * `length` characters: one short motif repeated, some motifs in a row, or all of them at random.
 */
export function hostileText(seed, length = 100_000) {
  const random = randomFrom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const motif = () => Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(PIECES)).join('');
  const motifs = Array.from({ length: [1, 3, 200][seed % 3] }, motif);
  let text = '';
  while (text.length < length) {
    const part = pick(motifs);
    text += part.repeat(seed % 2 === 0 ? 1 + Math.floor(random() * 300) : 1);
  }
  return text.slice(0, length);
}
