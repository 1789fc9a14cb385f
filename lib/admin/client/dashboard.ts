/**
 * What the pages gain with JavaScript. Without it they miss nothing but comfort. The build makes
 * one script of this file and what it imports.
 */
import { wireCopy } from './copy.js';
import { wireForms } from './forms.js';
import { wireKeys } from './keys.js';
import { wireNews } from './news.js';
import { wireRows } from './rows.js';
import { applyTheme, wireTheme } from './theme.js';
import { wireTimes } from './times.js';
import { wireWayBack } from './way-back.js';

applyTheme();

document.addEventListener('DOMContentLoaded', () => {
  document.body.classList.add('scripted');
  wireTheme();
  wireCopy();
  wireRows();
  wireKeys();
  wireNews();
  wireWayBack();
  wireForms();
  wireTimes();
});
