import type { ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/** What Nest keeps apart in each module. */
export type WrapperKind = 'providers' | 'controllers' | 'injectables' | 'middlewares';

/**
 * Everything of these kinds that the modules of an application hold; a module holds its own class
 * as a provider.
 */
export function* wrappersIn(
  modules: ModulesContainer,
  ...kinds: readonly WrapperKind[]
): Generator<InstanceWrapper> {
  for (const module of modules.values()) {
    for (const kind of kinds) yield* module[kind].values();
  }
}
