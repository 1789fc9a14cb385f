import { Injectable } from '@nestjs/common';
import { Notifier, type Alert } from '../../lib/index.js';
import type { TestApp } from '../support/app.js';
import type { ScratchDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { DATABASES, expectNothingLost, fail, listenTo, startFailingApp } from '../support/faults.js';

const THREE_DAYS = 3 * 24 * 3_600_000;

const alerted: string[] = [];

@Injectable()
class TitleNotifier extends Notifier {
  readonly name = 'titles';

  override async notify({ issue }: Alert): Promise<void> {
    alerted.push(issue.title);
  }
}

describe.each(DATABASES)('on %s', (_kind, makeDatabase) => {
  let database: ScratchDatabase;
  let app: TestApp;

  beforeEach(async () => {
    alerted.length = 0;
    database = await makeDatabase();
    app = await startFailingApp(database.options, { notifiers: [TitleNotifier] });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
    await database.drop();
  });

  it('counts and alerts as ever when the clock is set back by days, and when it is set right again', async () => {
    const said = listenTo(app);
    await fail(app, 'known', 1);
    const [before] = await app.allIssues();
    const real = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => real() - THREE_DAYS);
    await fail(app, 'known', 3);
    await fail(app, 'new', 2);
    await expectNothingLost(app, { known: 4, new: 2 });
    await eventually(() => {
      expect(alerted.toSorted()).toEqual(['known', 'new']);
    });
    const after = (await app.allIssues()).find(({ title }) => title === 'known');
    expect(after?.lastSeen).toBe(before?.lastSeen);

    jest.restoreAllMocks();
    await fail(app, 'known', 1);
    await fail(app, 'newer', 1);
    await expectNothingLost(app, { known: 5, new: 2, newer: 1 });
    await eventually(() => {
      expect(alerted.toSorted()).toEqual(['known', 'new', 'newer']);
    });
    for (const { title, firstSeen, lastSeen } of await app.allIssues()) {
      expect({ title, isInOrder: firstSeen <= lastSeen }).toEqual({ title, isInOrder: true });
    }
    expect(said()).toEqual([]);
  });
});
