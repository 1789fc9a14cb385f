import {
  cutTexts,
  dropFromRequest,
  dropLargestContexts,
  dropOldestBreadcrumbs,
  dropUser,
  keepExceptions,
  keepFrames,
} from '../../../lib/bounds/event-cuts.js';
import { draftOf } from '../../support/events.js';

const LONG = 'x'.repeat(1000);

describe('a cut', () => {
  it('leaves a note of the size in place of a part of the request, unless it is small', () => {
    const request = { method: 'GET', url: '/', body: LONG, query: { q: 1 } };
    const event = draftOf({ request });
    expect(dropFromRequest('body')(event, 1)).toEqual(['request.body']);
    expect(dropFromRequest('query')(event, 1)).toEqual([]);
    expect(event.request).toEqual({ ...request, body: '[dropped, 1002 bytes]' });
    expect(request.body).toBe(LONG);
  });

  it('takes the largest contexts first, and no more than it must', () => {
    const event = draftOf({ contexts: { small: 1, large: LONG, largest: LONG + LONG } });
    expect(dropLargestContexts(event, 1500)).toEqual(['contexts.largest']);
    expect(event.contexts).toEqual({ small: 1, large: LONG, largest: '[dropped, 2002 bytes]' });
  });

  it('takes the oldest breadcrumbs first, and no more than it must', () => {
    const breadcrumbs = [1, 2, 3].map((at) => ({ at, type: 'log', level: 'info', message: LONG }) as const);
    const event = draftOf({ breadcrumbs });
    expect(dropOldestBreadcrumbs(event, 500)).toEqual(['breadcrumbs']);
    expect(event.breadcrumbs).toEqual(breadcrumbs.slice(1));
    expect(dropOldestBreadcrumbs(event, 0)).toEqual([]);
  });

  it('keeps the id of a user', () => {
    const event = draftOf({ user: { id: 'ada', name: LONG } });
    expect(dropUser(event)).toEqual(['user']);
    expect(event.user).toEqual({ id: 'ada' });
  });

  it('keeps the top frames, and the outermost exceptions', () => {
    const frames = ['a', 'b', 'c'].map((file) => ({ file, inApp: true }));
    const exception = { type: 'E', value: 'v', facts: {}, frames };
    const event = draftOf({ exceptions: [exception, exception] });
    expect(keepFrames(1, 2)(event, 1)).toEqual(['exceptions.1.frames']);
    expect(event.exceptions.map((one) => one.frames.length)).toEqual([3, 2]);
    expect(keepExceptions(1)(event, 1)).toEqual(['exceptions']);
    expect(keepExceptions(1)(event, 1)).toEqual([]);
    expect(event.exceptions).toHaveLength(1);
  });

  it('tells of texts only if it made them shorter', () => {
    const event = draftOf({ culprit: LONG });
    expect(cutTexts(100)(event, 1)).toEqual(['texts']);
    expect(event.culprit).toMatch(/^x{100}… \[truncated, 1000 characters\]$/);
    expect(cutTexts(100)(event, 1)).toEqual([]);
  });
});
