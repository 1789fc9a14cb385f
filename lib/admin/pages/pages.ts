/** All that is loaded when somebody opens the dashboard for the first time. */
export { renderToString } from 'preact-render-to-string';
export { errorPage } from './error.page.js';
export { forbiddenPage } from './forbidden.page.js';
export { issuePage } from './issue.page.js';
export { listPage } from './list.page.js';
