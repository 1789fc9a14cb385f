import { Injectable } from '@nestjs/common';
import { Permission, type AdminAction } from '../../lib/index.js';
import { PLATFORMS, startApp, type TestApp } from '../support/app.js';
import { http } from '../support/http.js';

const PATHS = [
  '/errors',
  '/errors/issues/1',
  '/errors/issues/1/events/1',
  '/errors/events/1',
  '/errors/api/issues',
  '/errors/api/issues/1',
  '/errors/api/stats',
  '/errors/api/health',
];

@Injectable()
class AlmostTrue extends Permission {
  override allows(): boolean {
    return 'yes' as unknown as boolean;
  }
}

@Injectable()
class Throws extends Permission {
  override allows(): boolean {
    throw new Error('no idea');
  }
}

@Injectable()
class ReadsOnly extends Permission {
  override allows(_request: unknown, action: AdminAction): boolean {
    return action === 'view';
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  const environment = process.env['NODE_ENV'];
  let app: TestApp | undefined;

  afterEach(async () => {
    process.env['NODE_ENV'] = environment;
    await app?.close();
    app = undefined;
  });

  it.each(['development', 'test', 'production', undefined])(
    'answers nothing without a permission, with NODE_ENV %s',
    async (nodeEnv) => {
      if (nodeEnv === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = nodeEnv;
      app = await startApp({ platform, tracker: { permission: undefined } });
      for (const path of PATHS) expect((await http(app.url + path)).status).toBe(404);
      expect(app.logger.lines.filter(({ text }) => text.includes('dashboard is closed'))).toHaveLength(1);
    },
  );

  it.each([AlmostTrue, Throws])(
    'answers nothing to whom %p does not admit with a literal true',
    async (permission) => {
      app = await startApp({ platform, tracker: { permission } });
      for (const path of PATHS) expect((await http(app.url + path)).status).toBe(403);
    },
  );

  it('asks for each action', async () => {
    app = await startApp({ platform, tracker: { permission: ReadsOnly } });
    app.tracker.capture(new Error('to be triaged'));
    await app.allIssues();
    const sameOrigin = { origin: app.url, accept: 'application/json' };
    const post = { method: 'POST', headers: sameOrigin };
    expect((await http(`${app.url}/errors/api/issues/1`)).status).toBe(200);
    expect((await http(`${app.url}/errors/api/issues/1/resolve`, post)).status).toBe(403);
    expect(
      (await http(`${app.url}/errors/api/issues/1`, { method: 'DELETE', headers: sameOrigin })).status,
    ).toBe(403);
  });
});
