import { listHref, type ListQuery } from './list-query.js';

const SNIPPET = `@Get('boom')
boom() {
  throw new Error('Hello from the error tracker');
}`;

/** Says why the list is empty and what to do next. */
export function EmptyList({ query, total }: { query: ListQuery; total: number }) {
  if (query.cursor) {
    return (
      <div class="blank">
        <h2>No more issues</h2>
        <p class="muted">The rest of this list is gone.</p>
        <p>
          <a class="button" href={listHref(query, { cursor: undefined })}>
            Back to the first page
          </a>
        </p>
      </div>
    );
  }
  if (query.search) {
    return (
      <div class="blank">
        <h2>No issue matches</h2>
        <p>
          Nothing {query.status === 'all' ? '' : `${query.status} `}with <q>{query.search}</q> in its type,
          message or place.
        </p>
        <p>
          <a class="button" href={listHref(query, { search: '' })}>
            Clear the search
          </a>{' '}
          {query.status === 'all' ? null : (
            <a class="button" href={listHref(query, { status: 'all' })}>
              Search all issues
            </a>
          )}
        </p>
      </div>
    );
  }
  if (total > 0) {
    return (
      <div class="blank">
        <h2>{query.status === 'open' ? 'Nothing open' : `No ${query.status} issues`}</h2>
        <p class="muted">
          {query.status === 'open'
            ? 'Every known issue is resolved or muted.'
            : 'Issues turn up here once you triage them.'}
        </p>
        <p>
          <a class="button" href={listHref(query, { status: 'all' })}>
            Show all issues
          </a>
        </p>
      </div>
    );
  }
  return (
    <div class="blank">
      <h2>No errors yet</h2>
      <p>
        The tracker is running. To see your first issue, fail on purpose: add a route that throws, and open
        it.
      </p>
      <pre>
        <code>{SNIPPET}</code>
      </pre>
      <p class="muted">
        Or report one from any provider: <code>errorTracker.capture(new Error('Hello'))</code>. It appears
        here within seconds.
      </p>
    </div>
  );
}
