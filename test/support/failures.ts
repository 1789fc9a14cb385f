import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer, NestFactory } from '@nestjs/core';
import type { BootingApp, Integration, WatchedMethod } from '../../lib/capture/integrations/integration.js';
import type { Failure } from '../../lib/intake/failure.js';
import type { Intake } from '../../lib/intake/intake.js';
import type { ErrorTrackerOptions } from '../../lib/options/error-tracker-options.js';
import { optionsWith } from './events.js';

/** An intake that takes everything, and only remembers it. */
export function recordingIntake(): { readonly intake: Intake; readonly reported: Failure[] } {
  const reported: Failure[] = [];
  const report = (failure: Failure): string => String(reported.push(failure));
  return { intake: { report } as unknown as Intake, reported };
}

export interface TestedApp extends BootingApp {
  readonly reported: readonly Failure[];
}

/** The inside of a booted application without a tracker, for a part that is tested on its own. */
export async function bootedApp(
  parts: Pick<ModuleMetadata, 'providers' | 'controllers' | 'imports'> = {},
  options: ErrorTrackerOptions = {},
): Promise<TestedApp> {
  @Module(parts)
  class AppModule {}
  const context = await NestFactory.createApplicationContext(AppModule, { logger: false });
  return {
    ...recordingIntake(),
    options: optionsWith(options),
    modules: context.get(ModulesContainer),
    config: new ApplicationConfig(),
  };
}

/** What an integration makes of a method. */
export function watched({ watchedMethod }: Integration, type: Type, name: string): WatchedMethod | undefined {
  const method = (type.prototype as Record<string, CallableFunction>)[name]!;
  return watchedMethod?.(type, method, name);
}

/** What a door reports of an exception that nobody handled. */
export function aFailure(changes: Partial<Failure> = {}): Failure {
  return {
    exception: new Error('card declined'),
    site: { source: 'http' },
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    ...changes,
  };
}
