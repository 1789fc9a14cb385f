import { SCRIPT_SOURCE } from '../client/script.js';
import { STYLESHEET_SOURCE } from '../client/stylesheet.js';
import { sha256 } from '../../values/hash.js';

export interface Asset {
  /** File name with a hash of the content. */
  readonly name: string;
  readonly content: string;
  readonly contentType: string;
}

export const STYLESHEET = asset('dashboard', 'css', 'text/css; charset=utf-8', STYLESHEET_SOURCE);
export const SCRIPT = asset('dashboard', 'js', 'text/javascript; charset=utf-8', SCRIPT_SOURCE);
export const ASSETS: readonly Asset[] = [STYLESHEET, SCRIPT];

function asset(base: string, extension: string, contentType: string, content: string): Asset {
  const hash = sha256(content).slice(0, 12);
  return { name: `${base}.${hash}.${extension}`, content, contentType };
}
