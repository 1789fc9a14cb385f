import type { Issue } from '../../event/issue.js';
import { Glyph, type IconName } from './icons.js';
import type { IssuePageProps } from './issue-page-props.js';

interface Step {
  readonly verb: string;
  readonly label: string;
  readonly icon: IconName;
  /** The key that does it. */
  readonly hotkey: string;
  readonly main?: boolean;
}

/** The steps that the issue's status allows; the others would be refused. */
function stepsOf(issue: Issue): readonly Step[] {
  const resolve: Step = { verb: 'resolve', label: 'Resolve', icon: 'check', hotkey: 'r', main: true };
  if (issue.status === 'resolved')
    return [{ verb: 'reopen', label: 'Reopen', icon: 'reopen', hotkey: 'r', main: true }];
  if (issue.status === 'muted')
    return [resolve, { verb: 'unmute', label: 'Unmute', icon: 'unmute', hotkey: 'm' }];
  return [resolve, { verb: 'mute', label: 'Mute', icon: 'mute', hotkey: 'm' }];
}

type IssueActionsProps = Pick<IssuePageProps, 'shell' | 'issue' | 'canTriage' | 'canDelete'>;

export function IssueActions({ shell, issue, canTriage, canDelete }: IssueActionsProps) {
  const action = (verb: string) => shell.links.to(`api/issues/${issue.id}/${verb}`);
  return (
    <div class="actions">
      {canTriage
        ? stepsOf(issue).map((step) => (
            <form key={step.verb} method="post" action={action(step.verb)}>
              <button class={step.main ? 'button main' : 'button'} data-hotkey={step.hotkey}>
                <Glyph name={step.icon} /> {step.label}
              </button>
            </form>
          ))
        : null}
      {canDelete ? (
        <details class="confirm">
          <summary class="button">
            <Glyph name="trash" /> Delete
          </summary>
          <form class="panel" method="post" action={action('delete')}>
            <p>
              Delete this issue with all its events and its history? The same error will make a new issue.
            </p>
            <button class="button danger">Delete for good</button>
          </form>
        </details>
      ) : null}
    </div>
  );
}
