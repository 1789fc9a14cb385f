import { BASE_CSS } from './base.css.js';
import { ISSUE_CSS } from './issue.css.js';
import { LIST_CSS } from './list.css.js';

/** A string, not a file: bundlers and every module format carry it along. */
export const STYLESHEET_SOURCE = [BASE_CSS, LIST_CSS, ISSUE_CSS].join('').replace(/\n\s*/g, '\n').trimStart();
