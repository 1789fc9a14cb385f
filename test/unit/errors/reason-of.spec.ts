import { reasonOf } from '../../../lib/errors/reason-of.js';
import { StorageSchemaError } from '../../../lib/errors/storage-schema.error.js';

describe('reasonOf', () => {
  it('prefers the code to the name, and makes one line of the message', () => {
    const error = Object.assign(new Error('connection\n  refused'), { code: 'ECONNREFUSED' });
    expect(reasonOf(error)).toBe('ECONNREFUSED: connection refused');
    expect(reasonOf(new RangeError('out'))).toBe('RangeError: out');
  });

  it('cuts a message that may quote data, but not our own cure', () => {
    expect(reasonOf(new Error('x'.repeat(500)))).toBe(`Error: ${'x'.repeat(200)}`);
    expect(reasonOf(new StorageSchemaError('No table.', undefined))).toContain(
      'delete error_tracker_migrations',
    );
  });

  it.each([undefined, null, 'text', 7, {}])('survives %p', (thrown) => {
    expect(reasonOf(thrown)).toBe('Error: ');
  });
});
