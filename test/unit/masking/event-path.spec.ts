import {
  framePath,
  kindOf,
  LATER_SOURCE_PATH,
  sourcePath,
  variablesPath,
} from '../../../lib/masking/event-path.js';

const frame = framePath('2', '7');

it('names the places of a frame as maskers see them', () => {
  expect(frame).toEqual(['exceptions', '2', 'frames', '7']);
  expect(sourcePath(frame)).toEqual([...frame, 'context']);
  expect(variablesPath(frame)).toEqual([...frame, 'variables']);
});

it.each([
  ['code', sourcePath(frame)],
  ['code', LATER_SOURCE_PATH],
  ['frame', frame],
  ['prose', variablesPath(frame)],
  ['prose', [...variablesPath(frame), 'context']],
  ['prose', []],
  ['prose', ['message']],
  ['prose', ['exceptions', '0', 'value']],
  ['prose', ['contexts', 'own', 'frames', '0', 'context']],
])('takes for %s what stands at %j', (kind, path) => {
  expect(kindOf(path)).toBe(kind);
});
