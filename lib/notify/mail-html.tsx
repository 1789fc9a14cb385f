import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import type { AlertReport, ReportedException, ReportedFrame } from './alert-report.js';

// Mail programs drop style sheets, so styles are inline. Text and background keep the reader's own
// colours, which makes the mail readable in light and in dark mode.
const MONO = 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12px;line-height:1.5';
const PANEL = `${MONO};background:rgba(127,127,127,.12);border-radius:6px;padding:8px 12px;margin:4px 0 12px;white-space:pre-wrap;word-break:break-word`;
const QUIET = 'opacity:.72';

/**
 * The HTML part of a mail. The renderer escapes everything from outside, in texts and attributes.
 */
export function mailHtml(report: AlertReport): string {
  return `<!doctype html>${render(<Mail report={report} />)}`;
}

function Mail({ report }: { readonly report: AlertReport }): JSX.Element {
  const accent = report.kind === 'regression' ? '#d97706' : '#dc2626';
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{report.headline}</title>
      </head>
      <body style="margin:0;padding:24px;font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:14px;line-height:1.5">
        <div style={`max-width:720px;border-left:4px solid ${accent};padding-left:20px`}>
          <p style={`margin:0 0 4px;${QUIET}`}>{report.why}</p>
          <h1 style="margin:0 0 4px;font-size:20px;line-height:1.3">{report.type}</h1>
          <p style="margin:0 0 16px;font-size:16px;white-space:pre-wrap;word-break:break-word">
            {report.message.join('\n')}
          </p>
          {report.url && (
            <p style="margin:0 0 16px">
              <a
                href={report.url}
                style="display:inline-block;padding:8px 16px;border-radius:6px;background:#b42318;color:#ffffff;text-decoration:none;font-weight:600"
              >
                Open the issue
              </a>
            </p>
          )}
          <table role="presentation" style="border-collapse:collapse;margin:0 0 16px">
            {report.facts.map(({ label, value }) => (
              <tr>
                <td style={`padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;${QUIET}`}>
                  {label}
                </td>
                <td style="padding:2px 0;word-break:break-word">{value}</td>
              </tr>
            ))}
          </table>
          {report.exceptions.map((exception) => (
            <Exception exception={exception} />
          ))}
        </div>
      </body>
    </html>
  );
}

function Exception({ exception }: { readonly exception: ReportedException }): JSX.Element {
  return (
    <section>
      <h2 style="margin:16px 0 4px;font-size:14px;word-break:break-word">{exception.title}</h2>
      {exception.frames.map((frame) => (
        <Frame frame={frame} />
      ))}
    </section>
  );
}

function Frame({ frame }: { readonly frame: ReportedFrame }): JSX.Element {
  return (
    <>
      <div style={`${MONO};word-break:break-word`}>at {frame.location}</div>
      {frame.source.length > 0 && (
        <pre style={PANEL}>
          {frame.source.map((line) => (
            <div
              style={line.current ? 'font-weight:700' : QUIET}
            >{`${line.number.padStart(5)}  ${line.code}`}</div>
          ))}
        </pre>
      )}
    </>
  );
}
