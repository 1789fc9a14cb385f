import 'reflect-metadata';
import { UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { noteHandler } from '../../../../lib/capture/decorators/note-handler.guard.js';
import { scopeOfRequest } from '../../../../lib/scope/scope-storage.js';

class Refusing implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

/** What Nest finds when it asks for the guards of a class or method. */
const guardsOf = (place: object): unknown[] =>
  (Reflect.getMetadata('__guards__', place) as unknown[] | undefined) ?? [];

class Page {
  show(): void {
    // Not called here.
  }
}

const contextOf = (request: object, type = 'http'): ExecutionContext =>
  ({
    getType: () => type,
    getClass: () => Page,
    getHandler: () => Page.prototype.show,
    switchToHttp: () => ({ getRequest: () => request }),
  }) as unknown as ExecutionContext;

describe('noteHandler', () => {
  it('stands before the guards of the application, so that theirs is known too', () => {
    @UseGuards(Refusing)
    class Guarded {}
    noteHandler(Guarded);
    expect(guardsOf(Guarded)).toEqual([expect.any(Object), Refusing]);
  });

  it('stands on a place once, also where a class above has it', () => {
    class Base {}
    class Derived extends Base {}
    noteHandler(Base);
    noteHandler(Base);
    noteHandler(Derived);
    expect(guardsOf(Base)).toHaveLength(1);
    expect(guardsOf(Derived)).toHaveLength(1);
  });

  it('notes the handler of an HTTP request, and refuses nobody', () => {
    class Noted {}
    noteHandler(Noted);
    const [guard] = guardsOf(Noted) as [CanActivate];
    const [request, message] = [{}, {}];
    expect(guard.canActivate(contextOf(request))).toBe(true);
    expect(scopeOfRequest(request)).toMatchObject({ handlerClass: Page, handlerName: 'show' });
    expect(guard.canActivate(contextOf(message, 'rpc'))).toBe(true);
    expect(scopeOfRequest(message)!.handlerName).toBeUndefined();
  });
});
