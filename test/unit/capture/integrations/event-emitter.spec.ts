import { OnEvent } from '@nestjs/event-emitter';
import { eventEmitter } from '../../../../lib/capture/integrations/event-emitter.js';
import { watched } from '../../../support/failures.js';

class Listeners {
  @OnEvent('order.paid')
  @OnEvent(['order', '*'])
  @OnEvent(Symbol('secret'))
  several(): void {
    // Watched.
  }

  other(): void {
    // Not watched.
  }
}

describe('eventEmitter', () => {
  it('watches listeners, whose failures nobody sees, by the names of all their events', () => {
    const found = watched(eventEmitter, Listeners, 'several');
    expect(found).toMatchObject({ source: 'event', failuresGoTo: 'nobody' });
    const { transaction, contexts } = found!.facts([{ id: 7 }]);
    expect(transaction?.split(' | ').sort()).toEqual(['Symbol(secret)', 'order.*', 'order.paid']);
    expect(contexts).toMatchObject({ event: { payload: { id: 7 } } });
  });

  it('tells of all values that the event came with', () => {
    const { contexts } = watched(eventEmitter, Listeners, 'several')!.facts(['a', 'b']);
    expect(contexts).toMatchObject({ event: { payload: ['a', 'b'] } });
  });

  it('leaves other methods alone', () => {
    expect(watched(eventEmitter, Listeners, 'other')).toBeUndefined();
  });
});
