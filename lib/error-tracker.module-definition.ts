import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { ErrorTrackerExtras } from './error-tracker.extras.js';
import { assemble } from './error-tracker.providers.js';
import type { ErrorTrackerOptions } from './options/error-tracker-options.js';
import { EXTRA_NAMES, type ExtraName } from './options/extra-names.js';
import { RAW_OPTIONS } from './options/resolved-options.js';

// Nest tells an extra from an option by this object's keys, so every one is named and has no value.
// The two types below keep these names and `ErrorTrackerExtras` in step: a name missing on either
// side does not compile.
const names: readonly (keyof ErrorTrackerExtras)[] = EXTRA_NAMES;
const noExtras: Record<keyof ErrorTrackerExtras, undefined> = Object.fromEntries(
  names.map((name) => [name, undefined]),
) as Record<ExtraName, undefined>;

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ErrorTrackerOptions>({
    moduleName: 'ErrorTracker',
    optionsInjectionToken: RAW_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createErrorTrackerOptions')
    .setExtras<ErrorTrackerExtras>(noExtras, assemble)
    .build();
