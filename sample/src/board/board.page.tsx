import type { JSX } from 'preact';
import { htmlPage } from '../pages/layout.js';
import { COLUMNS, type Ticket, type TicketColumn } from './ticket.entity.js';

const TITLES: Readonly<Record<TicketColumn, string>> = { todo: 'To do', doing: 'In the works', done: 'Done' };

export function boardPage(tickets: readonly Ticket[]): string {
  return htmlPage({
    title: 'Board',
    place: 'board',
    children: (
      <>
        <h1>Board</h1>
        <p class="lead">
          The shop’s own issue tracker. The error tracker files one ticket here for every new issue, and never
          a second.
        </p>
        {tickets.length === 0 ? (
          <div class="empty">
            No ticket yet. <a href="/">Make something fail</a>.
          </div>
        ) : (
          <div class="board">
            {COLUMNS.map((column) => (
              <Column column={column} tickets={tickets.filter((ticket) => ticket.column === column)} />
            ))}
          </div>
        )}
      </>
    ),
  });
}

function Column(props: { readonly column: TicketColumn; readonly tickets: readonly Ticket[] }): JSX.Element {
  return (
    <section class="column">
      <h2>{`${TITLES[props.column]} (${props.tickets.length})`}</h2>
      {props.tickets.map((ticket) => (
        <Card ticket={ticket} />
      ))}
    </section>
  );
}

function Card({ ticket }: { readonly ticket: Ticket }): JSX.Element {
  return (
    <article class="ticket" id={ticket.key}>
      <small>{ticket.key}</small>
      <h3>{ticket.title}</h3>
      <details>
        <summary>Report</summary>
        <pre>{ticket.body}</pre>
      </details>
      <div class="foot">
        {ticket.issueUrl ? <a href={ticket.issueUrl}>Open the issue</a> : <span />}
        <form method="post" action={`/board/${ticket.id}`}>
          {COLUMNS.filter((column) => column !== ticket.column).map((column) => (
            <button class="plain" name="column" value={column}>
              {TITLES[column]}
            </button>
          ))}
        </form>
      </div>
    </article>
  );
}
