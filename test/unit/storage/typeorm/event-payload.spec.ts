import { fromPayload, toPayload } from '../../../../lib/storage/typeorm/event-payload.js';
import { anEvent } from '../../../../lib/testing/deltas.js';

const read = (payload: string) => fromPayload(payload, { id: 'e1', hash: 'h', at: 5 });

describe('the stored form of an event', () => {
  it('is read as it was written', () => {
    const event = anEvent('a', { contexts: { odd: { text: '\u0000 \ud83d 💥' } } });
    expect(read(toPayload(event))).toEqual(event);
  });

  it('is reduced to what was thrown and where if it is far too large', () => {
    const event = anEvent('a', { contexts: { large: { text: 'x'.repeat(2_000_000) } } });
    const stored = read(toPayload(event));
    expect(stored).toMatchObject({ id: event.id, truncated: ['event'], contexts: {} });
    expect(stored.exceptions[0]).toMatchObject({ type: 'PaymentError', value: 'a' });
    expect(stored.exceptions[0]?.frames[0]).toMatchObject({
      file: 'orders.service.ts',
      line: 7,
      inApp: true,
    });
  });

  it('stays bounded when every part of the event is too large', () => {
    const long = 'x'.repeat(1_500_000);
    const [exception] = anEvent('a').exceptions;
    if (!exception) throw new Error('no exception');
    const exceptions = Array.from({ length: 50 }, () => ({ ...exception, value: long, type: long }));
    const event = anEvent('a', { exceptions, message: long, culprit: long });
    expect(toPayload(event).length).toBeLessThan(200_000);
  });

  it('yields an empty event that says so where the row was spoilt', () => {
    for (const payload of ['', '{', 'null', '[]', '7', '{"id":"x"}']) {
      const event = read(payload);
      expect(event).toMatchObject({ id: 'e1', at: 5, exceptions: [], truncated: ['event'] });
      expect(event.message).toContain('cannot be read');
    }
  });
});
