import { listOf, refuse, refuseSecret } from './option-checks.js';
import type { Check } from './option-checks.js';

// Quantifiers over classes that exclude their neighbours: linear on any input.
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,253}$/u;
const NAMED = /^(?:"[^"\\\p{Cc}]{0,100}" {0,5}|[^<>@()[\]\\,;:"\p{Cc}]{0,100})<([^<>]{1,320})>$/u;

function isMailbox(text: string): boolean {
  const named = NAMED.exec(text);
  return ADDRESS.test(named?.[1] ?? text);
}

/** `a@b.example` or `Some Name <a@b.example>`, on one line. */
export const mailbox: Check<string> = (value, path) => {
  if (typeof value === 'string' && value.length <= 450 && !/[\p{Cc}\u2028\u2029]/u.test(value)) {
    if (isMailbox(value.trim())) return value.trim();
  }
  return refuse(
    path,
    'one mail address on one line',
    value,
    'Write errors@shop.example or "Shop errors" <errors@shop.example>; a name with punctuation needs the quotes.',
  );
};

const mailboxes = listOf(mailbox, 'mail addresses');

export const admins: Check<readonly string[]> = (value, path) => {
  const seen = new Map(mailboxes(value, path).map((entry) => [entry.toLowerCase(), entry]));
  return Object.freeze([...seen.values()]);
};

/** Kept by reference, and never told in a message: it holds the password. */
export const transport: Check<string | object> = (value, path) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  if (typeof value === 'string' && /^smtps?:\/\/[^\s]+$/i.test(value)) return value;
  return refuseSecret(
    path,
    'nodemailer options or an smtp:// address',
    value,
    'For example { host: "smtp.example", port: 587, auth: { … } }, or leave it out to use the MailerModule of the application.',
  );
};
