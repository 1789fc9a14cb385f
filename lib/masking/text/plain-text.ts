import { assignments } from './assignments.js';
import { cardNumbers } from './card-numbers.js';
import { commandOptions, sqlPasswords } from './commands.js';
import {
  addressCredentials,
  basicCredentials,
  bearerTokens,
  unencodedAddressCredentials,
} from './credentials.js';
import { elements } from './elements.js';
import { jsonWebTokens, privateKeys, slackWebhooks, vendorKeys } from './issued-keys.js';
import { namedValues } from './named-values.js';
import { replaceFound } from './replace-found.js';
import type { SecretFinder, TextKind, TextRules } from './secret-finder.js';

/**
 * All that is looked for. A finder reads what those before it left, replaced: in `token=ghp_…,page
 * 2` the key is gone before the assignment asks how far its value reaches. The order is part of
 * what masked texts look like, and so of fingerprints.
 */
const FINDERS: readonly SecretFinder[] = [
  privateKeys,
  addressCredentials,
  unencodedAddressCredentials,
  jsonWebTokens,
  vendorKeys,
  slackWebhooks,
  bearerTokens,
  basicCredentials,
  assignments,
  namedValues,
  elements,
  commandOptions,
  sqlPasswords,
  cardNumbers,
];

const MAX_PASSES = 5;
/** A shorter text can only match an application's own pattern. */
const MIN_LENGTH = 4;

/** Masks a text that is read as it is: neither parsed nor decoded. */
export function maskPlainText(text: string, kind: TextKind, rules: TextRules): string {
  let result = text;
  // What was replaced may set free a word that was hidden in a longer one, so the finders run until
  // nothing changes.
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const masked = maskOnce(result, kind, rules);
    if (masked === result) break;
    result = masked;
  }
  return result;
}

function maskOnce(text: string, kind: TextKind, rules: TextRules): string {
  let result = text;
  if (text.length >= MIN_LENGTH) {
    for (const finder of FINDERS) result = replaceFound(finder, result, rules, kind);
  }
  return rules.ownPatterns ? replaceFound(rules.ownPatterns, result, rules, kind) : result;
}
