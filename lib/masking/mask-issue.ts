import { cutAtWord } from '../bounds/bounded-text.js';
import type { Issue } from '../event/issue.js';
import { askMasker, MASKING_FAILED } from './mask-tree.js';
import type { Masker } from './masker.js';

/** How many characters of a single text a masker sees. */
const MAX_TEXT_LENGTH = 65_536;

/**
 * Masks one free text on its way out, such as a line for the log. A masker that fails costs the
 * text.
 */
export function maskText(masker: Masker, text: string): string {
  const masked = askMasker(masker, [], '', cutAtWord(text, MAX_TEXT_LENGTH));
  return typeof masked === 'string' ? masked : MASKING_FAILED;
}

/** Masks the texts of an issue on its way out: its row may have been written under weaker rules. */
export function maskIssue(issue: Issue, masker: Masker): Issue {
  const mask = (text: string): string => maskText(masker, text);
  return Object.freeze({
    ...issue,
    type: mask(issue.type),
    title: mask(issue.title),
    culprit: mask(issue.culprit),
    groupingKey: mask(issue.groupingKey),
  });
}
