import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { watchQueries } from '../../../../lib/capture/breadcrumbs/queries.js';
import type { Breadcrumb } from '../../../../lib/event/error-event.js';
import { runInternally } from '../../../../lib/scope/internal-work.js';
import { openScopes, runInScope } from '../../../../lib/scope/scope-storage.js';
import { Scope } from '../../../../lib/scope/scope.js';
import { DATA_SOURCE_NAME } from '../../../../lib/storage/typeorm/data-source-options.js';

interface Query {
  readonly query: string;
  readonly success: boolean;
  readonly executionTime?: number;
}

const aDataSource = (facts: object = {}) => ({
  subscribers: [] as { afterQuery(event: Query): void }[],
  createQueryRunner: () => undefined,
  ...facts,
});
const wrapped = (...instances: unknown[]) =>
  instances.map((instance) => ({ instance }) as unknown as InstanceWrapper);

describe('watchQueries', () => {
  const scope = new Scope('http');
  let kept: [Scope, Breadcrumb][];
  const keep = (...breadcrumb: [Scope, Breadcrumb]): void => void kept.push(breadcrumb);
  const noted = (event: Query): string | undefined => {
    const source = aDataSource();
    watchQueries(wrapped(source), keep);
    runInScope(scope, () => source.subscribers[0]!.afterQuery(event));
    return kept.at(-1)?.[1].message;
  };

  beforeEach(() => {
    openScopes();
    kept = [];
  });

  it('notes a query on the running scope, with its time and whether it failed', () => {
    noted({ query: 'SELECT now()', success: true, executionTime: 3 });
    noted({ query: 'SELECT later()', success: false });
    const at = expect.any(Number) as unknown;
    expect(kept).toEqual([
      [scope, { at, type: 'query', level: 'info', message: 'SELECT now()', data: { ms: 3 } }],
      [scope, { at, type: 'query', level: 'error', message: 'SELECT later()' }],
    ]);
  });

  it.each([
    ["SELECT * FROM users WHERE name = 'ada'", 'SELECT * FROM users WHERE name = ?'],
    ["SELECT 'it''s' || 'me'", 'SELECT ? || ?'],
    ['SELECT * FROM t1 WHERE id = 7 AND price > 1.5', 'SELECT * FROM t1 WHERE id = ? AND price > ?'],
    ["SELECT 'never closed", 'SELECT ?'],
  ])('keeps no value of %p', (query, message) => {
    expect(noted({ query, success: true })).toBe(message);
  });

  it('keeps the first thousand characters', () => {
    expect(noted({ query: 'x'.repeat(2000), success: true })).toHaveLength(1000);
  });

  it('notes nothing outside of a scope, or of the work of the tracker', () => {
    const source = aDataSource();
    watchQueries(wrapped(source), keep);
    const query = (): void => source.subscribers[0]!.afterQuery({ query: 'SELECT 1', success: true });
    query();
    runInScope(scope, () => runInternally(() => runInScope(scope, query)));
    expect(kept).toEqual([]);
  });

  it('watches each data source once, and nothing that is none', () => {
    const source = aDataSource();
    const others = [undefined, null, 'text', { subscribers: [] }, { createQueryRunner: () => undefined }];
    watchQueries(wrapped(source, ...others, source), keep);
    expect(source.subscribers).toHaveLength(1);
    expect(others[3]).toEqual({ subscribers: [] });
  });

  it.each([{ name: DATA_SOURCE_NAME }, { options: { name: DATA_SOURCE_NAME } }])(
    "leaves the tracker's own data source alone: %j",
    (facts) => {
      const own = aDataSource(facts);
      watchQueries(wrapped(own), keep);
      expect(own.subscribers).toEqual([]);
    },
  );
});
