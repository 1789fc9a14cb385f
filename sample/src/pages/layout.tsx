import type { ComponentChildren, JSX } from 'preact';
import { render } from 'preact-render-to-string';

export type Place = 'shop' | 'mailbox' | 'board';

const NAVIGATION: readonly (readonly [string, string, Place | undefined])[] = [
  ['/', 'Shop', 'shop'],
  ['/errors', 'Errors', undefined],
  ['/mailbox', 'Mailbox', 'mailbox'],
  ['/board', 'Board', 'board'],
];

export interface PageProps {
  readonly title: string;
  readonly place: Place;
  readonly children: ComponentChildren;
}

/** A whole page as text. */
export function htmlPage(props: PageProps): string {
  return `<!doctype html>${render(<Page {...props} />)}`;
}

function Page({ title, place, children }: PageProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Lamp shop`}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/shop.css" />
        <script src="/shop.js" defer />
      </head>
      <body>
        <header class="bar">
          <a class="brand" href="/">
            <img src="/icon.svg" alt="" width="22" height="22" /> Lamp shop
          </a>
          <nav aria-label="Main">
            {NAVIGATION.map(([href, label, target]) => (
              <a href={href} aria-current={target === place ? 'page' : undefined}>
                {label}
              </a>
            ))}
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
