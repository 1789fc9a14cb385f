import { isInternal, runInternally } from '../../../lib/scope/internal-work.js';
import { currentScope, openScopes, runInScope } from '../../../lib/scope/scope-storage.js';
import { Scope } from '../../../lib/scope/scope.js';

describe('runInternally', () => {
  it("costs nothing while no scopes are open: the tracker's work is not told apart", () => {
    expect(runInternally(() => isInternal())).toBe(false);
  });

  it("tells the tracker's own work apart, and lets go of the request that triggered it", async () => {
    openScopes();
    const scope = new Scope('http');
    const inside = await runInScope(scope, () =>
      runInternally(async () => {
        await Promise.resolve();
        return [isInternal(), currentScope()];
      }),
    );
    expect(inside).toEqual([true, undefined]);
    expect(runInScope(scope, () => [isInternal(), currentScope()])).toEqual([false, scope]);
  });
});
