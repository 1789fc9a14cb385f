import { stackMarkdown } from '../../../../lib/admin/pages/stack-markdown.js';
import type { ExceptionInfo } from '../../../../lib/event/error-event.js';
import { anIssue } from '../../../support/alerts.js';
import { draftOf } from '../../../support/events.js';

const exception = (type: string, parts: Partial<ExceptionInfo> = {}): ExceptionInfo => ({
  type,
  value: '',
  facts: {},
  frames: [],
  ...parts,
});

describe('stackMarkdown', () => {
  it('cannot be left by what an error says', () => {
    const event = draftOf({ exceptions: [exception('Error', { value: '```\n# heading\n````' })] });
    const markdown = stackMarkdown(anIssue(), { issueId: 1, seq: 1, weight: 1, event });
    const [first] = markdown.split('\n');
    expect(first).toBe('`````text');
    expect(markdown.trimEnd().endsWith('\n`````')).toBe(true);
  });
});
