import { Inject, Injectable, Module, type Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';

/**
 * Boots an application of one provider, in modules that are loaded anew, and tells whether its
 * scopes are open.
 */
async function opens(provider: (tracker: Type) => Type, injectsInModule = false): Promise<boolean> {
  let areOpen: boolean | undefined;
  await jest.isolateModulesAsync(async () => {
    const { ScopeDemand } = await import('../../../lib/capture/scope-demand.js');
    const { ErrorTrackerService } = await import('../../../lib/error-tracker.service.js');
    const { areScopesOpen } = await import('../../../lib/scope/scope-storage.js');
    class AppModule {}
    if (injectsInModule) Inject(ErrorTrackerService)(AppModule, undefined, 0);
    Module({
      providers: [{ provide: ErrorTrackerService, useValue: {} }, provider(ErrorTrackerService as Type)],
    })(AppModule);
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
    new ScopeDemand(app.get(ModulesContainer)).onModuleInit();
    areOpen = areScopesOpen();
  });
  return areOpen!;
}

function injecting(...[token]: [Type?]): Type {
  @Injectable()
  class Provider {}
  if (token) Inject(token)(Provider, undefined, 0);
  return Provider;
}

function withProperty(token: Type): Type {
  @Injectable()
  class Provider {
    @Inject(token) readonly tracker: unknown;
  }
  return Provider;
}

describe('ScopeDemand', () => {
  it('opens the scopes where a provider injects the service, by constructor or property', async () => {
    expect(await opens(injecting)).toBe(true);
    expect(await opens(withProperty)).toBe(true);
  });

  it('leaves them closed where nothing does, or only the class of a module', async () => {
    expect(await opens(() => injecting())).toBe(false);
    expect(await opens(() => injecting(), true)).toBe(false);
  });
});
