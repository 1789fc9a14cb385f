import { Injectable, UseInterceptors, Controller, type NestInterceptor } from '@nestjs/common';
import {
  activate,
  activeTracker,
  trackerOf,
  type ActiveTracker,
} from '../../../lib/capture/active-trackers.js';
import { wrappersIn } from '../../../lib/capture/instance-wrappers.js';
import { bootedApp } from '../../support/failures.js';

@Injectable()
class Passing implements NestInterceptor {
  intercept(): never {
    throw new Error('not called');
  }
}

@Injectable()
class Provider {}

@Controller()
@UseInterceptors(Passing)
class Page {}

const flush = (): Promise<void> => Promise.resolve();
const stops: (() => void)[] = [];
const start = async (parts: Parameters<typeof bootedApp>[0]): Promise<ActiveTracker> => {
  const tracker = { ...(await bootedApp(parts)), flush };
  stops.push(activate(tracker));
  return tracker;
};
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('trackerOf', () => {
  it('knows the application of a provider, a controller and what stands on one', async () => {
    const first = await start({ providers: [Provider], controllers: [Page] });
    await start({});
    for (const kind of ['providers', 'controllers', 'injectables'] as const) {
      const known = [...wrappersIn(first.modules, kind)].find(({ metatype }) =>
        [Provider, Page, Passing].includes(metatype as never),
      );
      expect(known?.instance).toBeDefined();
      expect(trackerOf(known?.instance)).toBe(first);
    }
  });

  it.each([undefined, 'text', new Provider()])('takes the last booted one for %p', async (instance) => {
    expect(trackerOf(instance)).toBeUndefined();
    const first = await start({ providers: [Provider] });
    expect(trackerOf(instance)).toBe(first);
    const second = await start({ providers: [Provider] });
    expect(trackerOf(instance)).toBe(second);
    stops.pop()?.();
    expect(activeTracker()).toBe(first);
  });
});
