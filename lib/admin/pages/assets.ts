import { sha256 } from '../../values/hash.js';
import base from '../client/base.css?text';
import controls from '../client/controls.css?text';
import script from '../client/dashboard.ts?text';
import event from '../client/event.css?text';
import issueList from '../client/issue-list.css?text';
import issuePage from '../client/issue-page.css?text';
import listToolbar from '../client/list-toolbar.css?text';
import rail from '../client/rail.css?text';
import shell from '../client/shell.css?text';
import stack from '../client/stack.css?text';
import theme from '../client/theme.css?text';
import values from '../client/values.css?text';

/**
 * A file of the pages. It is a string of ours, which bundlers and every module format carry along.
 */
export interface Asset {
  /** File name with a hash of the content. */
  readonly name: string;
  readonly content: string;
  readonly contentType: string;
}

const STYLES = [theme, base, controls, shell, listToolbar, issueList, issuePage, event, stack, values, rail];

export const STYLESHEET = asset('css', 'text/css; charset=utf-8', STYLES.join(''));
export const SCRIPT = asset('js', 'text/javascript; charset=utf-8', script);
export const ASSETS: readonly Asset[] = [STYLESHEET, SCRIPT];

function asset(extension: string, contentType: string, content: string): Asset {
  return { name: `dashboard.${sha256(content).slice(0, 12)}.${extension}`, content, contentType };
}
