import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { ErrorTrackerExtras } from './error-tracker.extras.js';
import { assemble } from './error-tracker.providers.js';
import type { ErrorTrackerOptions } from './options/error-tracker-options.js';
import { RAW_OPTIONS } from './options/resolved-options.js';

const NO_EXTRAS: ErrorTrackerExtras = {
  isGlobal: true,
  imports: undefined,
  store: undefined,
  masker: undefined,
  contextBuilders: undefined,
  fingerprinter: undefined,
  notifiers: undefined,
  ticketTrackers: undefined,
  permission: undefined,
};

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ErrorTrackerOptions>({
    moduleName: 'ErrorTracker',
    optionsInjectionToken: RAW_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createErrorTrackerOptions')
    .setExtras(NO_EXTRAS, assemble)
    .build();
