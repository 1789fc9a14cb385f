import { CqrsModule, UnhandledExceptionBus } from '@nestjs/cqrs';
import { cqrs } from '../../../../lib/capture/integrations/cqrs.js';
import { wrappersIn } from '../../../../lib/capture/instance-wrappers.js';
import { bootedApp, type TestedApp } from '../../../support/failures.js';

class OrderPaid {
  readonly id = 7;
}

const busOf = ({ modules }: TestedApp): UnhandledExceptionBus => {
  const wrapper = [...wrappersIn(modules, 'providers')].find(({ token }) => token === UnhandledExceptionBus);
  return wrapper?.instance as UnhandledExceptionBus;
};

describe('cqrs', () => {
  it('reports what comes over the bus for unhandled exceptions, once', async () => {
    const app = await bootedApp({ imports: [CqrsModule] });
    cqrs.onInit?.(app);
    const exception = new Error('listener broke');
    busOf(app).publish({ cause: new OrderPaid(), exception });
    expect(app.reported).toMatchObject([
      { exception, site: { source: 'event' }, handled: false, transaction: 'OrderPaid' },
    ]);
    expect(app.reported[0]?.scope?.contexts).toEqual({ event: { name: 'OrderPaid', payload: { id: 7 } } });
  });

  it('calls a saga by its name', async () => {
    const app = await bootedApp({ imports: [CqrsModule] });
    cqrs.onInit?.(app);
    busOf(app).publish({ cause: 'shipOrders', exception: new Error('saga broke') });
    expect(app.reported).toMatchObject([{ transaction: 'shipOrders' }]);
  });

  it('listens to nothing where the package is not used, or to what only has the name', async () => {
    class Named {}
    Object.defineProperty(Named, 'name', { value: 'UnhandledExceptionBus' });
    const app = await bootedApp({ providers: [Named] });
    expect(() => cqrs.onInit?.(app)).not.toThrow();
  });
});
