import { Inject, Injectable } from '@nestjs/common';
import { timeOrderedId } from '../values/time-ordered-id.js';
import type { EventDraft, ExceptionInfo } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';
import { Fingerprinter, type FingerprintInput } from '../grouping/fingerprinter.js';
import { maskEvent } from '../masking/mask-event.js';
import { Masker } from '../masking/masker.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import { httpTransaction } from '../scope/http.context-builder.js';
import { isInternal, runInternally } from '../scope/internal-work.js';
import { type Described, describeException } from '../stack/describe-exception.js';
import { userKey } from '../storage/user-key.js';
import { Accumulator } from '../delivery/accumulator.js';
import { runHooks } from './before-capture.js';
import type { Failure } from './failure.js';
import { EventComposer } from './event-composer.js';
import { isThenable } from '../values/after.js';
import { userIdOf, userInfoOf } from './user-info.js';
import { sha256 } from '../values/hash.js';

const MAX_FORMER = 5;
const NOTHING_THROWN: Described = { exceptions: [], thrown: [], isCut: false };

/**
 * The way of one exception from a door to the accumulator, all of it in the caller's turn: describe, fingerprint, and,
 * if the event is worth keeping, compose, mask and freeze. Never throws.
 */
@Injectable()
export class EventPipeline {
  readonly stats = { internalErrors: 0, leftOut: { sampled: 0, before_capture: 0 } };

  private readonly storedFingerprints = new WeakMap<Fingerprint, Fingerprint>();
  private readonly underWay = new Set<Promise<void>>();
  private closed = false;

  constructor(
    private readonly fingerprinter: Fingerprinter,
    private readonly masker: Masker,
    private readonly composer: EventComposer,
    private readonly accumulator: Accumulator,
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** Returns the event's id, or `undefined` if there will be no event. */
  take(input: Failure): string | undefined {
    if (this.closed || isInternal()) return undefined;
    if (this.options.capture.sampleRate < 1 && Math.random() >= this.options.capture.sampleRate) {
      this.stats.leftOut.sampled += 1;
      return undefined;
    }
    // Builders, hooks and maskers of the application run in here: what they log or capture must not come back.
    return runInternally(() => this.process(input));
  }

  private process(input: Failure): string | undefined {
    try {
      const { capture, projectRoot } = this.options;
      const { exceptions, thrown, isCut } =
        input.message === undefined
          ? describeException(input.exception, projectRoot, capture)
          : NOTHING_THROWN;
      const transaction = input.transaction ?? httpTransaction(input.site.request) ?? handlerOf(input);
      const found = this.fingerprint({
        exceptions,
        message: input.message,
        source: input.site.source,
        transaction,
        explicit: input.fingerprint,
      });
      const fingerprint = this.accumulator.grouped(found, typeOf(exceptions));
      const core = {
        id: timeOrderedId(),
        at: Date.now(),
        exceptions,
        thrown,
        isCut,
        fingerprint,
        transaction,
      };
      if (this.options.beforeCapture.length === 0 && !this.accumulator.wantsSample(fingerprint.hash)) {
        this.accumulator.count(fingerprint.hash, core.at, this.userOf(input));
        return core.id;
      }
      return this.prepare(this.composer.compose(input, core), input) ? core.id : undefined;
    } catch {
      this.failed();
      return undefined;
    }
  }

  /** Events that wait for a builder or a hook of the application. */
  get waiting(): number {
    return this.underWay.size;
  }

  /** Failures that cost a part of an event, or all of it. */
  get internalErrors(): number {
    return this.stats.internalErrors + this.composer.failures;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Takes nothing from now on. */
  close(): void {
    this.closed = true;
  }

  /** Resolves when the events that wait for a builder or a hook of the application have gone on. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Returns whether the event goes on; of one that waits for the application this is not known, and taken for granted. */
  private prepare(composed: EventDraft | Promise<EventDraft>, input: Failure): boolean {
    const draft = isThenable(composed) ? composed : this.edited(composed, input);
    if (!isThenable(draft)) return this.finish(draft);
    const work = Promise.resolve(draft)
      .then((late) => (late === false || !isThenable(composed) ? late : this.edited(late, input)))
      .then((late) => void this.finish(late))
      .catch(() => {
        this.failed();
      });
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
    return true;
  }

  private edited(draft: EventDraft, input: Failure): EventDraft | false | Promise<EventDraft | false> {
    const { beforeCapture, limits } = this.options;
    return runHooks(
      beforeCapture,
      draft,
      { exception: input.exception, request: input.site.request },
      limits,
    );
  }

  private finish(draft: EventDraft | false): boolean {
    if (draft === false) {
      this.stats.leftOut.before_capture += 1;
      return false;
    }
    const { user: given, ...rest } = draft;
    const user = userInfoOf(given);
    // Whoever waited for the application may have been overtaken.
    const fingerprint = this.accumulator.grouped(draft.fingerprint, typeOf(draft.exceptions));
    const event = { ...rest, ...(user && { user }), fingerprint };
    this.accumulator.add(maskEvent(event, this.masker, this.options.limits), keyOf(userIdOf(user)));
    return true;
  }

  private failed(): void {
    this.stats.internalErrors += 1;
    this.accumulator.dropped.add('failed', 1, 'The tracker, or something given to it, failed.');
  }

  /** Known without making an event, so that everybody is counted whose event is not kept. */
  private userOf(input: Failure): string | undefined {
    return keyOf(userIdOf(input.user) ?? userIdOf(input.scope?.user) ?? this.composer.userIdOf(input.site));
  }

  /** The application may bring its own fingerprinter: whatever it does, there is a hash that fits the store. */
  private fingerprint(input: FingerprintInput): Fingerprint {
    try {
      const found = this.fingerprinter.fingerprint(input);
      let stored = this.storedFingerprints.get(found);
      if (!stored) {
        stored = storedFingerprint(found);
        // One that somebody may change, or makes anew every time, is looked at every time.
        if (Object.isFrozen(found)) this.storedFingerprints.set(found, stored);
      }
      return stored;
    } catch {
      this.stats.internalErrors += 1;
      const key = fallbackKey(input.exceptions, input.source);
      return { hash: sha256(key), algorithm: 'fallback', key };
    }
  }
}

function storedFingerprint({ hash, algorithm, key, former }: Fingerprint): Fingerprint {
  const formerHashes = former?.slice(0, MAX_FORMER).map(storedHash);
  return { hash: storedHash(hash), algorithm, key, ...(formerHashes && { former: formerHashes }) };
}

function keyOf(userId: string | undefined): string | undefined {
  return userId === undefined ? undefined : userKey(userId);
}

function typeOf(exceptions: readonly ExceptionInfo[]): string {
  return exceptions[0]?.type ?? 'Message';
}

/** What the store takes: whatever an application's own fingerprinter calls a hash. */
function storedHash(hash: string): string {
  return /^[0-9a-f]{64}$/.test(hash) ? hash : sha256(hash);
}

function fallbackKey(exceptions: readonly ExceptionInfo[], source: string): string {
  return `type ${exceptions[0]?.type ?? 'Message'}\nsource ${source}`;
}

function handlerOf({ site }: Failure): string | undefined {
  const { handlerClass, handlerName } = site;
  return handlerClass && handlerName ? `${handlerClass.name}.${handlerName}` : undefined;
}
