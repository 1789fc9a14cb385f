import type { JSX } from 'preact';
import { htmlPage } from '../pages/layout.js';
import { utc } from '../pages/utc.js';
import type { ReceivedMail } from './mailbox.js';

export function mailboxPage(mails: readonly ReceivedMail[], open: ReceivedMail | undefined): string {
  return htmlPage({
    title: 'Mailbox',
    place: 'mailbox',
    children: (
      <>
        <h1>Mailbox</h1>
        <p class="lead">
          What the tracker mailed to the team since the shop was started: one mail for every new issue and one
          for every regression.
        </p>
        {mails.length === 0 ? (
          <div class="empty">
            No mail yet. <a href="/">Make something fail</a>.
          </div>
        ) : (
          <div class="mails">
            <MailList mails={mails} open={open} />
            {open ? <Mail mail={open} /> : <div class="empty">Choose a mail.</div>}
          </div>
        )}
      </>
    ),
  });
}

function MailList(props: {
  readonly mails: readonly ReceivedMail[];
  readonly open?: ReceivedMail;
}): JSX.Element {
  return (
    <ul>
      {props.mails.map((mail) => (
        <li>
          <a href={`/mailbox/${mail.id}`} aria-current={mail === props.open ? 'true' : undefined}>
            {mail.subject}
            <br />
            <small>{utc(mail.at)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Mail({ mail }: { readonly mail: ReceivedMail }): JSX.Element {
  return (
    <article class="mail">
      <h2>{mail.subject}</h2>
      <dl>
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>To</dt>
        <dd>{mail.to}</dd>
        <dt>At</dt>
        <dd>{utc(mail.at)}</dd>
      </dl>
      {mail.html && (
        // A mail is somebody else's page, so it gets neither scripts nor an origin.
        <iframe
          title="The mail as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcdoc={`<base target="_blank">${mail.html}`}
        />
      )}
      <details open={!mail.html}>
        <summary>As plain text</summary>
        <pre>{mail.text}</pre>
      </details>
    </article>
  );
}
