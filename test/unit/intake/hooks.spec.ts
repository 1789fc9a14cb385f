import { runHooks } from '../../../lib/intake/hooks.js';
import type { EventDraft } from '../../../lib/event/error-event.js';
import type { BeforeCapture } from '../../../lib/options/error-tracker-options.js';
import { draftOf, optionsWith } from '../../support/events.js';

const { limits } = optionsWith();
const context = { exception: new Error('x'), request: { url: '/' } };
const runAll = async (hooks: readonly unknown[], draft = draftOf()): Promise<EventDraft | false> =>
  runHooks(hooks as BeforeCapture[], draft, context, limits);
const run = (hook: unknown, draft = draftOf()): Promise<EventDraft | false> => runAll([hook], draft);

describe('runHooks', () => {
  it.each([
    ['false', () => false],
    ['a promise of false', () => Promise.resolve(false)],
  ])('drops the event for %s', async (_name, hook) => {
    expect(await run(hook)).toBe(false);
  });

  it.each([
    ['undefined', () => undefined],
    ['null', () => null],
    ['0', () => 0],
    ['an empty string', () => ''],
    [
      'a throw',
      () => {
        throw new Error('hook');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('hook'))],
    [
      'nonsense in the draft',
      (draft: Record<string, unknown>) => {
        draft['tags'] = 'nonsense';
      },
    ],
  ])('keeps the event as it was for %s', async (_name, hook) => {
    const draft = draftOf({ tags: { a: '1' } });
    expect(await run(hook, draft)).toEqual(draft);
  });

  it('keeps the event as it was if the hook does not answer', async () => {
    const draft = draftOf();
    expect(await run(() => new Promise(() => undefined), draft)).toEqual(draft);
  });

  it('takes over edits made in place and edits returned', async () => {
    const inPlace = await run((draft: EventDraft) => {
      draft.tags = { ...draft.tags, region: 'eu' };
    });
    const returned = await run((draft: EventDraft) => ({ ...draft, severity: 'info' }));
    expect(inPlace).toMatchObject({ tags: { region: 'eu' } });
    expect(returned).toMatchObject({ severity: 'info' });
  });

  it('does not let a hook forge what only the tracker knows', async () => {
    const draft = draftOf();
    const forged = await run(
      (copy: EventDraft) => ({ ...copy, id: 'mine', handled: true, source: 'cron', at: 0 }),
      draft,
    );
    expect(forged).toMatchObject({ id: draft.id, handled: false, source: 'http', at: draft.at });
  });

  it('makes edits plain and bounded', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const edited = await run((draft: EventDraft) => {
      draft.contexts = { cycle: cycle as never, big: 10n as never };
    });
    expect(JSON.parse(JSON.stringify(edited)) as object).toMatchObject({
      contexts: { big: expect.stringContaining('10') },
    });
  });

  it('says that a hook changed the severity, and does not believe what the hook says of it', async () => {
    const changed = await run((draft: EventDraft) => ({
      ...draft,
      severity: 'fatal',
      severityReason: 'unhandled',
    }));
    const kept = await run((draft: EventDraft) => ({ ...draft, severityReason: 'specified' }));
    expect(changed).toMatchObject({ severity: 'fatal', severityReason: 'hook' });
    expect(kept).toMatchObject({ severity: 'error', severityReason: 'unhandled' });
  });

  it('hands each hook what the one before it made, whatever of them is asynchronous or throws', async () => {
    const add = (name: string) => (draft: EventDraft) => ({
      ...draft,
      tags: { ...draft.tags, [name]: Object.keys(draft.tags).join() },
    });
    const event = await runAll([
      add('a'),
      (draft: EventDraft) => Promise.resolve(add('b')(draft)),
      () => {
        throw new Error('hook');
      },
      add('c'),
    ]);
    expect(event).toMatchObject({ tags: { a: '', b: 'a', c: 'a,b' } });
  });

  it('asks no further hook once one has dropped the event', async () => {
    const asked: string[] = [];
    const event = await runAll([() => Promise.resolve(false), () => void asked.push('late')]);
    expect([event, asked]).toEqual([false, []]);
  });

  it('offers the exception and the live request', async () => {
    let seen: unknown;
    await run((_draft: EventDraft, hint: unknown) => void (seen = hint));
    expect(seen).toBe(context);
  });
});
