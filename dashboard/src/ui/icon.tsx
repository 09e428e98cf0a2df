/** Drawn on 20 by 20, in strokes of the text's colour. */
const PATHS = {
  instances: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z",
  chat: "M4 5.5h12v8H9l-3.5 3v-3H4z",
  events: "M3 10h3l2-5 4 10 2-5h3",
  webhooks:
    "M7 13a3 3 0 1 1-2-5M13 13H8M10 7l3 5.5M12 8a3 3 0 1 0-4.5 1.5L6 13M13 13a2.5 2.5 0 1 0 1-2",
  queue: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M10 7v3.2l2.2 1.6",
  settings:
    "M3.5 6.5h5.9M13 6.5h3.5M3.5 13.5H7M10.5 13.5h6M11.2 4.7a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6M8.7 11.7a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6",
  keys: "M12.5 4a3.5 3.5 0 1 1-3.2 5L4 14.3V16h2.5v-2H8v-1.5l2-2A3.5 3.5 0 0 1 12.5 4",
  phone: "M6.5 3h7v14h-7zM9.3 14.8h1.4",
  audit: "M6 3.5h6l3 3v10H6zM8.5 10h4M8.5 13h4",
  health: "M10 16S3.5 12.4 3.5 8A3.4 3.4 0 0 1 10 6.6 3.4 3.4 0 0 1 16.5 8c0 4.4-6.5 8-6.5 8",
  playground: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  plus: "M10 4.5v11M4.5 10h11",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  back: "M12 5l-5 5 5 5",
  next: "M8 5l5 5-5 5",
  copy: "M7 7h8v9H7zM5 13V4h7",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  pause: "M7 5v10M13 5v10",
  play: "M7 4.5l8 5.5-8 5.5z",
  restart: "M15 7.5A5.8 5.8 0 1 0 15.8 11M15.5 4v3.7h-3.7",
  stop: "M5.5 5.5h9v9h-9z",
  trash: "M4.5 6h11M8 6V4h4v2M6 6l.7 10h6.6L14 6",
  link: "M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-.8.8M11.5 8.5a3 3 0 0 0-4.2 0l-2.4 2.4a3 3 0 0 0 4.2 4.2l.8-.8",
  unlink: "M8 4H4.5v12H8M12 6.5l3.5 3.5-3.5 3.5M15.5 10H8",
  sun: "M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6M10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M4.7 15.3l1-1M14.3 5.7l1-1",
  moon: "M16 11.8A6.4 6.4 0 0 1 8.2 4 6.4 6.4 0 1 0 16 11.8",
  screen: "M3.5 4.5h13v8.5h-13zM8 16.5h4M10 13v3.5",
  globe:
    "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M3.5 10h13M10 3.5c-4 4-4 9 0 13 4-4 4-9 0-13",
  out: "M8 4H4.5v12H8M12 6.5l3.5 3.5-3.5 3.5M15.5 10H8",
  send: "M3.5 10L16.5 4l-4 12.5-3-5z",
  attach: "M14.5 9l-5 5a3 3 0 0 1-4.3-4.3L11 4a2 2 0 0 1 2.9 2.9l-5.6 5.6a1 1 0 0 1-1.4-1.4l5-5",
  smile:
    "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M7.2 11.8a3.4 3.4 0 0 0 5.6 0M7.8 8.2h.01M12.2 8.2h.01",
  reply: "M8 5.5L3.5 10 8 14.5M3.5 10H11a5 5 0 0 1 5 5",
  file: "M6 3.5h5l3.5 3.5v9.5H6zM11 3.5V7h3.5",
  warn: "M10 4l7 12H3zM10 8.5v3.5M10 14h.01",
  edit: "M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2z",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4M12.8 12.8L16 16",
  microphone:
    "M10 3.5a2 2 0 0 0-2 2V9a2 2 0 0 0 4 0V5.5a2 2 0 0 0-2-2M5.5 9a4.5 4.5 0 0 0 9 0M10 13.5v3",
  bolt: "M11 3L5 11.5h4.5L9 17l6-8.5h-4.5z",
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words that say the same; alone it needs a label on what holds it. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
