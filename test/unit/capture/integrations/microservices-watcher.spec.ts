import { Catch, Controller, Get, UseFilters, type ExceptionFilter, type Type } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  globalFilterAsked,
  watchPatterns,
} from '../../../../lib/capture/integrations/microservices-watcher.js';
import { caughtBy, filterClass, filtersOn } from '../../../../lib/capture/nest-filters.js';
import { noteScope } from '../../../../lib/scope/scope-storage.js';
import { Scope } from '../../../../lib/scope/scope.js';
import { bootedApp, type TestedApp } from '../../../support/failures.js';

class Own implements ExceptionFilter {
  catch(): void {
    // Not asked here.
  }
}

@Controller()
@UseFilters(Own)
class Messages {
  @EventPattern('paid')
  paid(_data: unknown): void {
    // Called by Nest.
  }
}

@Controller()
class Mixed extends Messages {
  @Get()
  list(): void {
    // Called by Nest.
  }
}

/** Asks the filter that Nest asks last, as Nest does, whether it takes an exception. */
function ask(type: Type, exception: unknown): boolean {
  const [filter] = filtersOn(type);
  return caughtBy(filterClass(filter)!).some((caught) => exception instanceof (caught as Type));
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let app: TestedApp;
beforeEach(async () => {
  app = await bootedApp();
  watchPatterns(Messages, app);
  watchPatterns(Mixed, app);
});

describe('watchPatterns', () => {
  it('is asked last, takes nothing, and reports', async () => {
    const exception = new Error('guard broke');
    expect(filtersOn(Messages)).toEqual([expect.anything(), Own]);
    expect(ask(Messages, exception)).toBe(false);
    await nextTurn();
    expect(app.reported).toMatchObject([
      { exception, site: { source: 'rpc', handlerClass: Messages }, handled: false },
    ]);
  });

  it('uses the scope that the handler ran in', async () => {
    const exception = new Error('handler broke');
    const scope = new Scope('rpc');
    noteScope(exception, scope);
    ask(Messages, exception);
    await nextTurn();
    expect(app.reported[0]?.scope).toBe(scope);
  });

  it.each([new Error('same'), 'primitive'])(
    'leaves %p to the global filter of the tracker, where that one is asked',
    async (exception) => {
      ask(Messages, exception);
      globalFilterAsked(exception);
      await nextTurn();
      expect(app.reported).toEqual([]);
    },
  );

  it('is not put off by a global filter that is asked about something else', async () => {
    ask(Messages, new Error('mine'));
    globalFilterAsked(new Error('another'));
    await nextTurn();
    expect(app.reported).toHaveLength(1);
  });

  it('leaves an exception to a global filter of the application that names it', async () => {
    class NamedError extends Error {}
    @Catch(NamedError)
    class Named extends Own {}
    @Catch()
    class Everything extends Own {}
    app.config.addGlobalFilter(new Everything());
    app.config.addGlobalFilter(new Named());
    ask(Messages, new NamedError('named'));
    await nextTurn();
    expect(app.reported).toEqual([]);
    ask(Messages, new Error('not named'));
    await nextTurn();
    expect(app.reported).toHaveLength(1);
  });

  it('knows an exception of a class with routes by the scope of its message', async () => {
    const ofMessage = new Error('message broke');
    noteScope(ofMessage, new Scope('rpc'));
    ask(Mixed, new Error('request broke'));
    await nextTurn();
    ask(Mixed, ofMessage);
    await nextTurn();
    expect(app.reported.map(({ exception }) => exception)).toEqual([ofMessage]);
  });

  it('never fails inside of Nest', () => {
    const hostile = class {
      static [Symbol.hasInstance](): boolean {
        throw new Error('hostile');
      }
    };
    @Catch(hostile as Type)
    class Hostile extends Own {}
    app.config.addGlobalFilter(new Hostile());
    expect(ask(Messages, new Error('x'))).toBe(false);
  });

  it('takes the place of the watcher of another application that shares the class', async () => {
    const other = await bootedApp();
    watchPatterns(Messages, other);
    expect(filtersOn(Messages)).toHaveLength(2);
    ask(Messages, new Error('x'));
    await nextTurn();
    expect([app.reported.length, other.reported.length]).toEqual([0, 1]);
  });

  it('stands on controllers with patterns only', () => {
    @Controller()
    class NoPatterns {
      @Get()
      list(): void {
        // Called by Nest.
      }
    }
    class Bare {
      @EventPattern('paid')
      paid(_data: unknown): void {
        // Nest does not look here.
      }
    }
    for (const type of [Bare, NoPatterns]) {
      watchPatterns(type, app);
      expect(filtersOn(type)).toEqual([]);
    }
  });
});
