import type { JSX } from 'preact';
import type { Product } from '../catalogue/product.entity.js';
import { htmlPage } from '../pages/layout.js';
import { FAILURES, type Failure, type Tracked } from './failures.js';

const TAGS: Readonly<Record<Tracked, string>> = {
  issue: 'becomes an issue',
  told: 'reported by the code',
  quiet: 'does not count',
};

export function homePage(products: readonly Product[]): string {
  return htmlPage({
    title: 'Ways to fail',
    place: 'shop',
    children: (
      <>
        <h1>A shop that fails in every interesting way</h1>
        <p class="lead">
          It sells lamps, badly. Press a button, see what the client gets, then what became of it:{' '}
          <a href="/errors">the issue</a>, <a href="/mailbox">the mail to the team</a> and{' '}
          <a href="/board">the ticket on the board</a>.
        </p>
        <ul class="shelf" aria-label="Products">
          {products.map(({ name, priceInCents, stock }) => (
            <li>
              {name}{' '}
              <small>{`${(priceInCents / 100).toFixed(2)} · ${stock === 0 ? 'sold out' : `${stock} left`}`}</small>
            </li>
          ))}
        </ul>
        {FAILURES.map(({ title, failures }) => (
          <section>
            <h2>{title}</h2>
            <div class="grid">
              {failures.map((failure) => (
                <Card failure={failure} />
              ))}
            </div>
          </section>
        ))}
      </>
    ),
  });
}

function Card({ failure }: { readonly failure: Failure }): JSX.Element {
  const { title, tells, tracked, method, path, fields = {}, headers, times } = failure;
  return (
    <article class="card">
      <h3>{title}</h3>
      <p>{tells}</p>
      <code class="route">{`${method.toUpperCase()} ${path}`}</code>
      <form
        method={method}
        action={path.replace('{id}', '100001')}
        data-path={path}
        data-tracked={tracked}
        data-times={times}
        data-headers={headers && JSON.stringify(headers)}
      >
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="foot">
          <button type="submit">
            {times ? `Fail ${times} times` : tracked === 'quiet' ? 'Ask' : 'Fail'}
          </button>
          <span class={`tag ${tracked}`}>{TAGS[tracked]}</span>
        </div>
      </form>
      <output />
    </article>
  );
}
