import type { SourceContext, StackFrame } from '../../event/error-event.js';
import { foldFrames } from './fold-frames.js';
import { Pairs } from './pairs.js';
import { plural } from './numbers.js';

/** Number of frames that show their source at once. The others of a deep stack open on demand. */
const OPEN_FRAMES = 4;

/** The frames of a stack, the newest call first. Runs of foreign frames are folded away. */
export function Frames({ frames }: { frames: readonly StackFrame[] }) {
  let withDetails = 0;
  return (
    <ol class="frames">
      {foldFrames(frames).map((group, index) => {
        if (group.kind === 'run') {
          return (
            <li key={index} class="run">
              <details>
                <summary>
                  {plural(group.frames.length, 'frame')} from {group.origin}
                </summary>
                <ol>
                  {group.frames.map((frame, inner) => (
                    <li key={inner} class="frame">
                      <Line frame={frame} />
                    </li>
                  ))}
                </ol>
              </details>
            </li>
          );
        }
        const { frame } = group;
        const hasDetails = frame.context !== undefined || frame.variables !== undefined;
        const open = hasDetails && withDetails++ < OPEN_FRAMES;
        return (
          <li key={index} class={frame.inApp ? 'frame app' : 'frame'}>
            {hasDetails ? (
              <details open={open}>
                <summary>
                  <Line frame={frame} />
                </summary>
                {frame.context ? <Source context={frame.context} line={frame.line} /> : null}
                <Variables variables={frame.variables} />
              </details>
            ) : (
              <Line frame={frame} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Variables({ variables }: Pick<StackFrame, 'variables'>) {
  if (!variables || Object.keys(variables).length === 0) return null;
  return (
    <div class="variables">
      <h4>Variables at the throw</h4>
      <Pairs pairs={Object.entries(variables)} />
    </div>
  );
}

function Line({ frame }: { frame: StackFrame }) {
  const position = [frame.line, frame.column].filter((part) => part !== undefined).join(':');
  return (
    <code class="call">
      <span class="function">{frame.function ?? '(anonymous)'}</span>{' '}
      <span class="file">
        {frame.file}
        {position ? <b>:{position}</b> : null}
      </span>
    </code>
  );
}

function Source({ context, line }: { context: SourceContext; line: number | undefined }) {
  const lines = [...context.before, context.line, ...context.after];
  return (
    <table class="source">
      <tbody>
        {lines.map((code, index) => {
          const isHit = index === context.before.length;
          return (
            <tr key={index} class={isHit ? 'hit' : undefined}>
              <th scope="row">{line === undefined ? '' : line - context.before.length + index}</th>
              <td>
                <code>{code}</code>
                {isHit ? <span class="hidden"> (this line)</span> : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
