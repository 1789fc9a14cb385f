import type { VNode } from 'preact';

/**
 * The page for strangers. It holds no name of the application and no link, and no stylesheet
 * either, because the assets need the same permission. SVG attributes style it, which the
 * content policy need not allow.
 */
export function forbiddenPage(message: string): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>403 No access</title>
      </head>
      <body>
        <main>
          <svg
            width="100%"
            height="320"
            font-family="system-ui, sans-serif"
            fill="CanvasText"
            text-anchor="middle"
            role="img"
            aria-labelledby="heading message"
          >
            <text x="50%" y="120" font-size="15" fill-opacity="0.7" letter-spacing="2">
              403
            </text>
            <text id="heading" x="50%" y="160" font-size="26" font-weight="600">
              No access
            </text>
            <text id="message" x="50%" y="196" font-size="15">
              {message}
            </text>
            <text x="50%" y="222" font-size="15" fill-opacity="0.7">
              The application decides who may.
            </text>
          </svg>
        </main>
      </body>
    </html>
  );
}
