import type { EventStore } from '../storage/event-store.js';
import { ContractCase, type Contract, type StoreFixture } from './contract/contract.js';
import { erasingContract } from './contract/erasing.contract.js';
import { eventsContract } from './contract/events.contract.js';
import { listsContract } from './contract/lists.contract.js';
import { openingContract } from './contract/opening.contract.js';
import { outboxContract } from './contract/outbox.contract.js';
import { processesContract } from './contract/processes.contract.js';
import { retentionContract } from './contract/retention.contract.js';
import { savingContract } from './contract/saving.contract.js';
import { triageContract } from './contract/triage.contract.js';
import { trimmingContract } from './contract/trimming.contract.js';
import type { TestFramework } from './test-framework.js';

export type { StoreFixture } from './contract/contract.js';

/**
 * Registers about 70 tests of what every `EventStore` promises, for a store of your own.
 *
 * @param framework by default the globals that Jest and, with `globals: true`, Vitest put there
 */
export function eventStoreContract(
  name: string,
  makeFixture: () => Promise<StoreFixture>,
  framework: TestFramework = globalThis as unknown as TestFramework,
): void {
  const { describe, it, expect, beforeAll, afterAll } = framework;
  describe(`${name} as event store`, () => {
    let fixture: StoreFixture;
    let store: EventStore;

    beforeAll(async () => {
      fixture = await makeFixture();
      store = fixture.another();
      await store.open();
    });
    afterAll(() => fixture.cleanUp());

    const contract: Contract = {
      describe,
      expect,
      it: (title, test) => {
        it(title, () => test(new ContractCase(store, fixture, makeFixture)));
      },
    };
    openingContract(contract);
    savingContract(contract);
    eventsContract(contract);
    triageContract(contract);
    listsContract(contract);
    retentionContract(contract);
    trimmingContract(contract);
    erasingContract(contract);
    outboxContract(contract);
    processesContract(contract);
  });
}
