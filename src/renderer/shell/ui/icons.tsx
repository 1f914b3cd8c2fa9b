import { memo } from 'react';

/** 16×16 outlines, drawn with the text's colour: a minimal Debian has no font with symbols in it. */
const PATHS = {
  running: 'M2 8.5h3l2-5 3 9 2-4h2.5',
  launching: 'M8 2v3M8 11v3M2 8h3M11 8h3M3.8 3.8l2 2M10.2 10.2l2 2',
  hourglass: 'M4 2h8M4 14h8M5 2c0 4 6 4 6 12M11 2c0 4-6 4-6 12',
  dead: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.8V8l2.4 1.6',
  ban: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M3.8 3.8l8.4 8.4',
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  stop: 'M3.5 3.5h9v9h-9z',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M4.5 2.8v10.4L13 8z',
  reload: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.7M13 2v3h-3',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  back: 'M10 3 5 8l5 5',
  forward: 'M6 3l5 5-5 5',
  target: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M8 1v2.5M8 12.5V15M1 8h2.5M12.5 8H15',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.2v4M8 4.6v.4',
  warning: 'M8 2 1.8 13.5h12.4zM8 6.5v3.2M8 11.4v.4',
  unknown: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6.2 6.5c0-2.3 3.6-2.3 3.6 0 0 1.4-1.8 1.4-1.8 2.9M8 11.5v.2',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  check: 'M3 8.5 6.5 12 13 4.5',
  stopped: 'M3 8h10',
  anatomy: 'M2 3.5h12v3.5H2zM6 3.5v3.5M2 9h12v3.5H2zM10.5 9v3.5',
  zoom: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 14 14M5 7h4M7 5v4',
} as const;

export type IconName = keyof typeof PATHS;

interface Props {
  name: IconName;
  size?: number;
}

export const Icon = memo(function Icon({ name, size = 16 }: Props) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
});
