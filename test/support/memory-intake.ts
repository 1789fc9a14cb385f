import { Accumulator } from '../../lib/delivery/accumulator.js';
import type { DeliveryWorker } from '../../lib/delivery/delivery-worker.js';
import { EventCounters } from '../../lib/delivery/event-counters.js';
import { StackFingerprinter } from '../../lib/grouping/stack.fingerprinter.js';
import { EventComposer } from '../../lib/intake/event-composer.js';
import { EventContextFinder } from '../../lib/intake/event-context.js';
import { EventPipeline } from '../../lib/intake/event-pipeline.js';
import { FailureDescriber } from '../../lib/intake/failure-describer.js';
import { Intake } from '../../lib/intake/intake.js';
import { LocalVariables } from '../../lib/intake/local-variables/local-variables.js';
import { KeyMasker } from '../../lib/masking/key.masker.js';
import type { Masker } from '../../lib/masking/masker.js';
import type { ErrorTrackerOptions } from '../../lib/options/error-tracker-options.js';
import type { Fingerprinter } from '../../lib/grouping/fingerprinter.js';
import type { ContextBuilder } from '../../lib/scope/context-builder.js';
import { Selector } from '../../lib/selection/selector.js';
import { optionsWith } from './events.js';

export interface Parts {
  readonly options?: ErrorTrackerOptions;
  readonly fingerprinter?: Fingerprinter;
  readonly masker?: Masker;
  readonly builders?: readonly ContextBuilder['build'][];
}

/** The whole way of a failure up to the accumulator, without Nest and without a store. */
export function memoryIntake({ options: given, fingerprinter, masker, builders = [] }: Parts = {}) {
  const options = optionsWith(given);
  const counters = new EventCounters();
  const accumulator = new Accumulator(counters, options);
  const wakes: boolean[] = [];
  const worker = { wake: (urgent: boolean) => void wakes.push(urgent) } as unknown as DeliveryWorker;
  const context = new EventContextFinder(
    counters,
    builders.map((build): ContextBuilder => ({ build })),
    options,
  );
  const composer = new EventComposer(
    context,
    new LocalVariables(options),
    masker ?? new KeyMasker(options),
    options,
  );
  const describer = new FailureDescriber(fingerprinter ?? new StackFingerprinter(options), counters, options);
  const pipeline = new EventPipeline(describer, composer, accumulator, worker, counters);
  const intake = new Intake(new Selector(options), pipeline, counters, options);
  return { options, counters, accumulator, wakes, composer, describer, pipeline, intake };
}
