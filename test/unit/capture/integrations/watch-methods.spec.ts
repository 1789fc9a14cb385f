import { SetMetadata, type Type } from '@nestjs/common';
import { activate } from '../../../../lib/capture/active-trackers.js';
import type { Integration } from '../../../../lib/capture/integrations/integration.js';
import { watchMethods } from '../../../../lib/capture/integrations/watch-methods.js';
import { bootedApp } from '../../../support/failures.js';

/** Watches `run`, and what is marked by `@SetMetadata('job', …)`. */
const jobs: Integration = {
  marks: ['jobs'],
  watchedMethod: (type, method, name) =>
    name === 'run' || Reflect.hasMetadata('job', method)
      ? {
          source: 'cron',
          failuresGoTo: 'nobody',
          facts: () => ({ transaction: `${type.name}.${name}`, contexts: {} }),
        }
      : undefined,
};
const watch = (type: Type): void => watchMethods(type, [{}, jobs]);

describe('watchMethods', () => {
  it('replaces a watched method, which keeps its name, length, metadata, this and arguments', async () => {
    class Nightly {
      readonly own = 'nightly';
      @SetMetadata('job', 'x')
      clean(first: string, second: string): string {
        return `${this.own} ${first} ${second}`;
      }
      other(): void {
        // Not watched.
      }
    }
    const { clean, other } = Nightly.prototype;
    watch(Nightly);
    const replaced = Nightly.prototype.clean;
    expect(replaced).not.toBe(clean);
    expect(Nightly.prototype.other).toBe(other);
    expect([replaced.name, replaced.length, Reflect.getMetadata('job', replaced)]).toEqual(['clean', 2, 'x']);
    expect(new Nightly().clean('a', 'b')).toBe('nightly a b');

    const app = await bootedApp();
    const deactivate = activate({ ...app, flush: () => Promise.resolve() });
    const nobody = undefined as unknown as Nightly;
    expect(() => replaced.call(nobody, 'a', 'b')).toThrow(TypeError);
    deactivate();
    expect(app.reported).toMatchObject([{ transaction: 'Nightly.clean' }]);
  });

  it('looks at methods without metadata on marked classes only', () => {
    class Plain {
      run(): void {
        // Not watched.
      }
    }
    @SetMetadata('jobs', true)
    class Marked {
      run(): void {
        // Watched.
      }
    }
    const before = [Plain.prototype.run, Marked.prototype.run];
    watch(Plain);
    watch(Marked);
    expect(Plain.prototype.run).toBe(before[0]);
    expect(Marked.prototype.run).not.toBe(before[1]);
  });

  it('replaces an inherited method where it is defined, and each only once', () => {
    class Base {
      @SetMetadata('job', 'x')
      clean(): void {
        // Watched.
      }
    }
    class First extends Base {}
    class Second extends Base {}
    watch(First);
    const replaced = Base.prototype.clean;
    watch(Second);
    watch(First);
    expect(Base.prototype.clean).toBe(replaced);
    expect(Object.hasOwn(First.prototype, 'clean')).toBe(false);
  });

  it('leaves what cannot be replaced as it is', () => {
    class Fixed {
      @SetMetadata('job', 'x')
      clean(): void {
        // Watched, if it could be.
      }
    }
    const { clean } = Fixed.prototype;
    Object.defineProperty(Fixed.prototype, 'clean', { value: clean, configurable: false });
    expect(() => watch(Fixed)).not.toThrow();
    expect(Fixed.prototype.clean).toBe(clean);
  });
});
