import { adminControllers, mountAt } from '../../../../lib/admin/controllers/mounting.js';

const pathsOf = (controllers: readonly object[]): unknown[] =>
  controllers.map((controller) => Reflect.getMetadata('path', controller));

describe('the controllers of the dashboard', () => {
  it('keep the paths of two applications of one process apart', () => {
    const [first, second] = [adminControllers(), adminControllers()];
    mountAt(first, 'errors');
    mountAt(second, 'internal/errors');
    expect(new Set(pathsOf(first))).toEqual(new Set(['errors']));
    expect(new Set(pathsOf(second))).toEqual(new Set(['internal/errors']));
    expect(new Set(pathsOf(adminControllers()))).toEqual(new Set(['/']));
  });

  it('are listed in the log under names that tell whose they are', () => {
    expect(adminControllers().map(({ name }) => name)).toEqual([
      'ErrorTrackerPagesController',
      'ErrorTrackerApiController',
      'ErrorTrackerChangesController',
      'ErrorTrackerAssetsController',
    ]);
  });
});
