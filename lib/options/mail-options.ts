import { ErrorTrackerConfigurationError } from '../errors/configuration.error.js';
import { listOf, rawLine, refuse, refuseSecret, type Check } from './checks.js';
import { computed, optional, type OptionTable } from './option.js';

/** How `MailNotifier` sends. It needs this section, and nothing else does. */
export interface MailOptions {
  /**
   * Transport of `@nestjs-modules/mailer`: nodemailer options or an `smtp://` address.
   * @defaultValue the application's own `MailerModule`
   */
  transport?: string | object;
  /** Sender, e.g. `Shop errors <errors@shop.example>`. */
  from: string;
  /** Who gets a mail for every alert. */
  admins: readonly string[];
  /**
   * Stands in front of every subject.
   * @defaultValue `[<title> <environment>]`
   */
  subjectPrefix?: string;
}

// No character fits two quantifiers that stand side by side, so matching is linear on any input.
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,253}$/u;
const NAMED = /^(?:"[^"\\\p{Cc}]{0,100}" {0,5}|[^<>@()[\]\\,;:"\p{Cc}]{0,100})<([^<>]{1,320})>$/u;

function isMailbox(text: string): boolean {
  const named = NAMED.exec(text);
  return ADDRESS.test(named?.[1] ?? text);
}

/** `a@b.example` or `Some Name <a@b.example>`, on one line. */
const mailbox: Check<string> = (value, path) => {
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

/** Nobody is named twice. */
const admins: Check<readonly string[]> = (value, path) => {
  const seen = new Map(mailboxes(value, path).map((entry) => [entry.toLowerCase(), entry]));
  return Object.freeze([...seen.values()]);
};

/** Kept by reference, and shown in no message: it holds the password. */
const transport: Check<string | object> = (value, path) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  if (typeof value === 'string' && /^smtps?:\/\/[^\s]+$/i.test(value)) return value;
  return refuseSecret(
    path,
    'nodemailer options or an smtp:// address',
    value,
    'For example { host: "smtp.example", port: 587, auth: { … } }, or leave it out to use the MailerModule of the application.',
  );
};

export const MAIL = {
  transport: optional(transport),
  from: computed(mailbox, () => refuseMissing('from')),
  admins: computed(admins, () => refuseMissing('admins')),
  subjectPrefix: computed(rawLine(100), defaultPrefix),
} satisfies OptionTable<MailOptions>;

function defaultPrefix(known: { readonly title: string; readonly environment: string }): string {
  return `[${known.title} ${known.environment}]`;
}

function refuseMissing(name: keyof MailOptions): never {
  throw new ErrorTrackerConfigurationError(
    `Option "mail.${name}" is missing.`,
    'Mail needs "from" and "admins"; leave "mail" out to send none.',
  );
}
