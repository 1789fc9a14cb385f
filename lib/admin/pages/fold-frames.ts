import type { StackFrame } from '../../event/error-event.js';

export type FrameGroup =
  | { readonly kind: 'single'; readonly frame: StackFrame }
  | { readonly kind: 'run'; readonly frames: readonly StackFrame[]; readonly origin: string };

const MAX_NAMES = 2;

/** Folds neighbouring foreign frames into one line that names where they come from. */
export function foldFrames(frames: readonly StackFrame[]): readonly FrameGroup[] {
  // With nothing of the application in it, a stack has nothing that folding would bring out.
  if (!frames.some((frame) => frame.inApp)) return frames.map((frame) => ({ kind: 'single', frame }));
  const groups: FrameGroup[] = [];
  let run: StackFrame[] = [];
  const close = () => {
    if (run.length > 0) groups.push({ kind: 'run', frames: run, origin: originOf(run) });
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

function originOf(frames: readonly StackFrame[]): string {
  const names = [...new Set(frames.map((frame) => packageOf(frame.file)))];
  const shown = names.slice(0, MAX_NAMES);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.join(' and ');
}

/** `@nestjs/core` for `…/node_modules/@nestjs/core/router/router-proxy.js`, in pnpm's store, too. */
export function packageOf(file: string): string {
  if (file.startsWith('node:') || file.startsWith('internal/')) return 'Node.js';
  const path = file.replaceAll('\\', '/');
  const at = path.lastIndexOf('node_modules/');
  if (at < 0) return 'elsewhere';
  const [first = '', second] = path.slice(at + 'node_modules/'.length).split('/');
  return first.startsWith('@') && second ? `${first}/${second}` : first;
}
