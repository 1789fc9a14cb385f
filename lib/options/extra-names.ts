/**
 * Names of the settings that belong to the dynamic module itself. They stand beside the options in
 * `forRoot` and beside the factory in `forRootAsync`; a factory cannot return them.
 * `ErrorTrackerExtras` says what each one is.
 */
export const EXTRA_NAMES = [
  'isGlobal',
  'imports',
  'store',
  'masker',
  'contextBuilders',
  'fingerprinter',
  'notifiers',
  'ticketTrackers',
  'permission',
] as const;

export type ExtraName = (typeof EXTRA_NAMES)[number];
