import { join } from 'node:path';
import { ownFolder } from '../../../lib/stack/own-folder.js';

describe('ownFolder', () => {
  it('is the folder of the library', () => {
    expect(ownFolder).toBe(join(__dirname, '../../../lib'));
  });
});
