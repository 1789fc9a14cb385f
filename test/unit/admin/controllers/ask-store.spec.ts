import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { askStore, orNotFound } from '../../../../lib/admin/controllers/ask-store.js';
import { InvalidCursorError } from '../../../../lib/errors/invalid-cursor.error.js';
import { IssueStateError } from '../../../../lib/errors/issue-state.error.js';
import { StorageSchemaError } from '../../../../lib/errors/storage-schema.error.js';
import { isInternal } from '../../../../lib/scope/internal-work.js';
import { openScopes } from '../../../../lib/scope/scope-storage.js';

const failingWith = (error: Error) => askStore(() => Promise.reject(error));

describe('askStore', () => {
  afterEach(() => jest.useRealTimers());

  it('asks as the tracker itself, whose failures are no events', async () => {
    openScopes();
    await expect(askStore(async () => isInternal())).resolves.toBe(true);
    expect(isInternal()).toBe(false);
  });

  it('says nothing of what the driver said', async () => {
    const failed = failingWith(new Error('password authentication failed for user "shop"'));
    await expect(failed).rejects.toBeInstanceOf(ServiceUnavailableException);
    await expect(failed).rejects.not.toThrow(/password|shop/);
  });

  it('tells that tables are missing, which somebody can mend', async () => {
    const error = new StorageSchemaError('The tables are missing.', undefined);
    const failed = failingWith(error);
    await expect(failed).rejects.toBeInstanceOf(ServiceUnavailableException);
    await expect(failed).rejects.toThrow(error.message);
  });

  it.each([new InvalidCursorError(), new IssueStateError('resolved', 'Reopen it first.')])(
    'passes on the mistakes of the client: %p',
    async (error) => {
      await expect(failingWith(error)).rejects.toBe(error);
    },
  );

  it('does not wait longer than ten seconds', async () => {
    jest.useFakeTimers();
    const asked = askStore(() => new Promise(() => undefined));
    const failed = expect(asked).rejects.toBeInstanceOf(ServiceUnavailableException);
    await jest.advanceTimersByTimeAsync(10_000);
    await failed;
  });
});

describe('orNotFound', () => {
  it('returns what was found, and is a 404 otherwise', () => {
    expect(orNotFound(0, 'issue')).toBe(0);
    expect(() => orNotFound(undefined, 'event')).toThrow(NotFoundException);
  });
});
