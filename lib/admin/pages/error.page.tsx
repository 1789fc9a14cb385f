import type { VNode } from 'preact';
import { Shell, type ShellContext } from './shell.js';

const HEADINGS: Readonly<Record<number, string>> = {
  400: 'That address does not make sense',
  401: 'Please sign in',
  403: 'No access',
  404: 'Nothing here',
  405: 'Not like this',
  409: 'Not in this state',
  503: 'The store does not answer',
};

const ADVICE: Readonly<Record<number, string>> = {
  403: 'The application decides who may see its errors. Sign in there, or ask its administrators.',
  404: 'It may have been deleted, or its events were older than the application keeps them.',
  503: 'The application itself is not affected. New errors wait in memory and are saved when the database is back.',
};

interface ErrorPageProps {
  readonly shell: ShellContext;
  readonly status: number;
  readonly message: string;
}

export function errorPage(props: ErrorPageProps): VNode {
  return <ErrorPage {...props} />;
}

function ErrorPage({ shell, status, message }: ErrorPageProps) {
  const heading = HEADINGS[status] ?? 'Something went wrong';
  return (
    <Shell shell={shell} title={heading} name="error">
      <div class="blank">
        <p class="code">{status}</p>
        <h1>{heading}</h1>
        <p>{message}</p>
        {ADVICE[status] ? <p class="muted">{ADVICE[status]}</p> : null}
        {status === 403 ? null : (
          <p>
            <a class="button" href={shell.links.home} data-list="">
              Back to the issues
            </a>
          </p>
        )}
      </div>
    </Shell>
  );
}
