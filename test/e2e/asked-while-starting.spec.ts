import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { IssueService, type Issue } from '../../lib/index.js';
import type { Page } from '../../lib/storage/event-store.js';
import { PLATFORMS, startApp } from '../support/app.js';

const seen: Page<Issue>[] = [];

@Injectable()
class AsksAtOnce implements OnApplicationBootstrap {
  constructor(private readonly issues: IssueService) {}

  async onApplicationBootstrap(): Promise<void> {
    seen.push(await this.issues.find({ limit: 5 }));
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  it('issues are found while the application starts, and as soon as it listens', async () => {
    seen.length = 0;
    const asking = await startApp({ platform, providers: [AsksAtOnce] });
    expect(seen).toEqual([{ items: [] }]);
    await asking.close();

    const app = await startApp({ platform });
    expect(await app.issues.find({ limit: 5 })).toEqual({ items: [] });
    await app.close();
  });
});
