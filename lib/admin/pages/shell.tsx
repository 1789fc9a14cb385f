import type { ComponentChildren } from 'preact';
import type { DeliveryHealthSnapshot } from '../../upkeep/delivery-health.js';
import type { ResolvedOptions } from '../../options/resolved-options.js';
import { SCRIPT, STYLESHEET } from './assets.js';
import type { Links } from './links.js';
import { HealthLine } from './health-line.js';
import { HealthStrip } from './health-strip.js';
import { Glyph } from './icons.js';

/** What every page needs besides its content. */
export interface ShellContext {
  readonly options: Pick<ResolvedOptions, 'admin' | 'environment'>;
  readonly links: Links;
  /** The tracker's own health. Error pages do not show it. */
  readonly health?: DeliveryHealthSnapshot;
}

interface ShellProps {
  readonly shell: ShellContext;
  readonly title: string;
  /** Tells the script which page it is on. */
  readonly name: 'list' | 'issue' | 'error';
  readonly children: ComponentChildren;
}

const MARK =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#d6293e"/>' +
      '<path d="M2.5 8.5h2.7L7 4.5l2.5 7 1.5-3h2.5" fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></svg>',
  );

export function Shell({ shell, title, name, children }: ShellProps) {
  const { options, links, health } = shell;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${options.admin.title} errors`}</title>
        <link rel="icon" href={MARK} />
        <link rel="stylesheet" href={links.to(`assets/${STYLESHEET.name}`)} />
        {/* It is not deferred: it sets the remembered theme before the first paint. */}
        <script src={links.to(`assets/${SCRIPT.name}`)} />
      </head>
      <body data-page={name}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href={links.home} data-list="">
            <img src={MARK} alt="" width="20" height="20" />
            <strong>{options.admin.title}</strong>
            <span class="hidden">errors</span>
          </a>
          <span class="environment" title="Environment">
            {options.environment}
          </span>
          <span class="spring" />
          <button type="button" class="quiet" data-keys="" hidden title="Keyboard shortcuts (?)">
            <Glyph name="keyboard" />
            <span class="hidden">Keyboard shortcuts</span>
          </button>
          <button type="button" class="quiet" data-theme-toggle="" hidden>
            <Glyph name="theme" />
            <span data-theme-name="">Theme</span>
          </button>
        </header>
        <HealthStrip health={health} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <HealthLine health={health} now={Date.now()} />
        <Keys />
        <div class="toast" role="status" aria-live="polite" />
      </body>
    </html>
  );
}

const KEYS = [
  ['j / k', 'next / previous issue, or older / newer event'],
  ['o', 'open the selected issue'],
  ['r', 'resolve or reopen'],
  ['m', 'mute or unmute'],
  ['/', 'search'],
  ['u', 'back to the list'],
  ['?', 'this help'],
] as const;

function Keys() {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keyboard shortcuts</h2>
      <table class="pairs">
        <tbody>
          {KEYS.map(([key, meaning]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <form method="dialog">
        <button class="button">Close</button>
      </form>
    </dialog>
  );
}
