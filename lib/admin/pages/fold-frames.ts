import type { StackFrame } from '../../event/error-event.js';

export type FrameGroup =
  | { readonly kind: 'single'; readonly frame: StackFrame }
  | { readonly kind: 'run'; readonly frames: readonly StackFrame[]; readonly origin: string };

const MAX_NAMES = 2;

/** Folds neighbouring foreign frames into one run that names where they come from. */
export function foldFrames(frames: readonly StackFrame[]): readonly FrameGroup[] {
  // Folding brings out the application's frames. In a stack without any there is nothing to bring
  // out.
  if (!frames.some((frame) => frame.inApp)) return frames.map((frame) => ({ kind: 'single', frame }));
  const groups: FrameGroup[] = [];
  let run: StackFrame[] = [];
  const close = () => {
    if (run.length > 0) groups.push({ kind: 'run', frames: run, origin: originsOf(run) });
    run = [];
  };
  for (const frame of frames) {
    if (frame.inApp) {
      close();
      groups.push({ kind: 'single', frame });
    } else {
      run.push(frame);
    }
  }
  close();
  return groups;
}

function originsOf(frames: readonly StackFrame[]): string {
  const names = [...new Set(frames.map((frame) => originOf(frame.file)))];
  const shown = names.slice(0, MAX_NAMES);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.join(' and ');
}

/**
 * Where a file comes from: its package, e.g. `@nestjs/core`, also in pnpm's store; else `Node.js`
 * or `elsewhere`.
 */
export function originOf(file: string): string {
  if (file.startsWith('node:') || file.startsWith('internal/')) return 'Node.js';
  const path = file.replaceAll('\\', '/');
  const at = path.lastIndexOf('node_modules/');
  if (at < 0) return 'elsewhere';
  const [first = '', second] = path.slice(at + 'node_modules/'.length).split('/');
  return first.startsWith('@') && second ? `${first}/${second}` : first;
}
