import { runBeforeCapture } from '../../../lib/delivery/before-capture.js';
import type { EventDraft } from '../../../lib/event/error-event.js';
import type { BeforeCapture } from '../../../lib/options/error-tracker-options.js';
import { draftOf, optionsWith } from '../../support/events.js';

const { limits } = optionsWith();
const run = async (hook: unknown, draft = draftOf()): Promise<EventDraft | false> =>
  runBeforeCapture(hook as BeforeCapture, draft, new Error('x'), limits);

describe('runBeforeCapture', () => {
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
});
