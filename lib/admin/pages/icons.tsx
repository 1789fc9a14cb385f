import type { ComponentChildren } from 'preact';
import type { Severity } from '../../event/error-event.js';

function Icon({ size = 16, children }: { size?: number; children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  reopen: 'M3 8a5 5 0 1 1 1.6 3.7M3 12.5V9.2h3.3',
  mute: 'M8 2.2 4.8 5H2v6h2.8L8 13.8V2.2ZM11 6.2l3 3.6M14 6.2l-3 3.6',
  unmute: 'M8 2.2 4.8 5H2v6h2.8L8 13.8V2.2ZM11 5.8a3 3 0 0 1 0 4.4M12.8 3.8a6 6 0 0 1 0 8.4',
  trash: 'M2.5 4h11M6 4V2.5h4V4M4 4l.6 9.5h6.8L12 4M6.7 6.8v4M9.3 6.8v4',
  first: 'M12 3.5 7.5 8l4.5 4.5M4 3.5v9',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  last: 'M4 3.5 8.5 8 4 12.5M12 3.5v9',
  copy: 'M5.5 5.500V2.500h8v8h-3M2.5 5.500h8v8h-8z',
  external: 'M6.5 3.500H3v9.500h9.500V9.500M9.5 2.500h4v4M13.5 2.5 7.5 8.5',
  theme: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 4.500a3.5 3.5 0 0 1 0 7',
  keyboard: 'M1.5 4h13v8.500h-13zM4 6.700h.01M6.7 6.700h.01M9.3 6.700h.01M12 6.700h.01M5 9.800h6',
  warning: 'M8 2 1.5 13.500h13L8 2ZM8 6.500v3.200M8 11.700h.01',
  users:
    'M6 7.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.500c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 2.800a2.5 2.5 0 0 1 0 4.500M12 9.800c1.6.5 2.5 1.8 2.5 3.7',
} as const;

export type IconName = keyof typeof PATHS;

export function Glyph({ name, size }: { name: IconName; size?: number }) {
  return (
    <Icon size={size}>
      <path d={PATHS[name]} />
    </Icon>
  );
}

/** Each level has a shape of its own, so that it can be told without seeing colours. */
export function LevelMark({ level }: { level: Severity }) {
  return (
    <span class={`level level-${level}`} title={level}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
        {shapeOf(level)}
      </svg>
      <span class="hidden">{level}</span>
    </span>
  );
}

function shapeOf(level: Severity) {
  switch (level) {
    case 'fatal':
      return (
        <>
          <path d="M4.3 1h5.4L13 4.300v5.400L9.7 13H4.300L1 9.700V4.300z" fill="currentColor" />
          <path d="m5 5 4 4m0-4-4 4" stroke="var(--surface)" stroke-width="1.6" stroke-linecap="round" />
        </>
      );
    case 'warning':
      return <path d="M7 1.5 13.2 12.500H.8z" fill="currentColor" />;
    case 'info':
      return <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="2" />;
    default:
      return <circle cx="7" cy="7" r="5.5" fill="currentColor" />;
  }
}
