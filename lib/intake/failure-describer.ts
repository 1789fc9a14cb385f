import { Inject, Injectable } from '@nestjs/common';
import { EventCounters } from '../delivery/event-counters.js';
import { issueType } from '../delivery/issue-description.js';
import type { Fingerprint } from '../event/fingerprint.js';
import { Fingerprinter, type FingerprintInput } from '../grouping/fingerprinter.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { CaptureSite } from '../scope/context-builder.js';
import { httpTransaction } from '../scope/http.context-builder.js';
import type { Judgement } from '../selection/selector.js';
import { describeException, type Described } from '../stack/describe-exception.js';
import { sha256 } from '../values/hash.js';
import { timeOrderedId } from '../values/time-ordered-id.js';
import type { Failure } from './failure.js';

const MAX_FORMER = 5;
const NOTHING_THROWN: Described = { exceptions: [], thrown: [], isCut: false };

/** What is known of an event before its context is looked for. */
export interface DescribedFailure extends Described {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly transaction: string | undefined;
  readonly fingerprint: Fingerprint;
}

/** Says what happened, and which bug it is. */
@Injectable()
export class FailureDescriber {
  private readonly checked = new WeakMap<Fingerprint, Fingerprint>();

  constructor(
    private readonly fingerprinter: Fingerprinter,
    private readonly counters: EventCounters,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  describe(failure: Failure, judgement: Judgement): DescribedFailure {
    const { message, site } = failure;
    const { capture, projectRoot } = this.options;
    const { exceptions, thrown, isCut } =
      message === undefined ? describeException(failure.exception, projectRoot, capture) : NOTHING_THROWN;
    const transaction = failure.transaction ?? httpTransaction(site.request) ?? handlerOf(site);
    const fingerprint = this.fingerprint({
      exceptions,
      message,
      source: site.source,
      transaction,
      explicit: judgement.fingerprint,
    });
    return {
      id: timeOrderedId(),
      at: Date.now(),
      exceptions,
      thrown,
      isCut,
      transaction,
      fingerprint,
    };
  }

  /**
   * The application may bring its own fingerprinter. Whatever it does, there is a hash that the
   * store takes.
   */
  private fingerprint(input: FingerprintInput): Fingerprint {
    try {
      const found = this.fingerprinter.fingerprint(input);
      let checked = this.checked.get(found);
      if (!checked) {
        checked = storableFingerprint(found);
        // Only frozen results are cached; anything else is checked each time.
        if (Object.isFrozen(found)) this.checked.set(found, checked);
      }
      return checked;
    } catch {
      this.counters.internalErrors += 1;
      const key = `type ${issueType(input.exceptions)}\nsource ${input.source}`;
      return { hash: sha256(key), algorithm: 'fallback', key };
    }
  }
}

function storableFingerprint({ hash, algorithm, key, former }: Fingerprint): Fingerprint {
  const formerHashes = former?.slice(0, MAX_FORMER).map(storableHash);
  return { hash: storableHash(hash), algorithm, key, ...(formerHashes && { former: formerHashes }) };
}

/** An application's own fingerprinter may call anything a hash. */
function storableHash(hash: string): string {
  return /^[0-9a-f]{64}$/.test(hash) ? hash : sha256(hash);
}

function handlerOf({ handlerClass, handlerName }: CaptureSite): string | undefined {
  return handlerClass && handlerName ? `${handlerClass.name}.${handlerName}` : undefined;
}
