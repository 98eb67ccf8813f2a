/** Our own drawings on a 24 grid. A stroke of 2, except the four shapes of a state, which are filled. */
const strokes = {
  back: 'm15 5-7 7 7 7', next: 'm9 5 7 7-7 7', down: 'm5 9 7 7 7-7', up: 'm5 15 7-7 7 7', close: 'm6 6 12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14', minus: 'M5 12h14', check: 'M4 12.5 9.5 18l11-11.5', to: 'M4 12h15M14 6.5l5.5 5.5-5.5 5.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm5 11.5 5 5',
  phone: 'M6 3.5h3l1.6 4.4-2 1.7a12 12 0 0 0 5.8 5.8l1.7-2 4.4 1.6v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4 5.7a2 2 0 0 1 2-2.2z',
  video: 'M3.5 7h11v10h-11zm11 4 6-3.5v9l-6-3.5', send: 'm4 4.5 17 7.5-17 7.5L6.5 12zM6.5 12H13',
  face: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zm-3.5 6v.8m7-.8v.8M8 14c1.8 2.7 6.2 2.7 8 0',
  camera: 'M3.5 8h4L9 5.5h6L16.5 8h4v11h-17zm8.5 2.2a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zm0 4V12l3.5 2', doc: 'M6 3.5h8L18.5 8v12.5H6zm8 0V8h4.5M9 12.5h6M9 16h6',
  pin: 'M12 21s6.5-6.2 6.5-11a6.5 6.5 0 0 0-13 0c0 4.8 6.5 11 6.5 11zm0-13a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  home: 'm4 11 8-7 8 7v9h-5.5v-6h-5v6H4z', talk: 'M4 5h16v11.5h-9L6.5 20v-3.5H4z',
  people: 'M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6m3-11.5v6m-3-3h6',
  board: 'M5 4h14v16H5zm3.5 4.5h7m-7 3.5h7m-7 3.5h4', more: 'M5.5 12h.01M12 12h.01m6.49 0h.01',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zm4 4h4',
  off: 'm3.5 3.5 17 17M12 19h.01M8.5 15.5a5 5 0 0 1 6.5-.4M5.2 12a10 10 0 0 1 4-2.3m5.3 0a10 10 0 0 1 4.3 2.3M2.5 8.5a14 14 0 0 1 3.7-2.3M11 5a14 14 0 0 1 10.5 3.5',
  on: 'M12 19h.01m-3.51-3.5a5 5 0 0 1 7 0M5.2 12a10 10 0 0 1 13.6 0M2.5 8.5a14 14 0 0 1 19 0',
  edit: 'm4 20 1-4.5L16.5 4 20 7.5 8.5 19z', save: 'M12 4v11m-4.5-4 4.5 4.5 4.5-4.5m-12 9h15',
  loop: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3m2.2-3.2v4h-4', undo: 'M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9',
  image: 'M3.5 5h17v14h-17zm0 11 5-5 4.5 4.5 2.5-2.5 5 4.5m-5-8.5h.01', map: 'm4 6 5-2 6 2 5-2v14l-5 2-6-2-5 2zm5-2v14m6-12v14',
  flag: 'M6 21V4m0 1h12l-2.5 4 2.5 4H6', mail: 'M3.5 5.5h17v13h-17zm0 1.5 8.5 6 8.5-6',
  print: 'M7 9V4h10v5M5 17H3.5V9h17v8H19M7 14h10v6H7z', star: 'm12 4 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z',
  gear: 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5m-6 5v5',
  eye: 'M2.5 12S6 5.5 12 5.5s9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  calendar: 'M4 6h16v14H4zm0 4.5h16m-11.5-7v4m7-4v4', ring: 'M12 5.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  square: 'M5 5h14v14H5z', triangle: 'M12 3.5 22 20.5H2z', help: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.5 9.5a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2.9-1.2 1.8m0 3h.01', dot: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z',
} as const;

export type IconName = keyof typeof strokes;

const heavier: Partial<Record<IconName, number>> = { more: 3.2, check: 2.6, ring: 3 };

/** A drawing beside a word. It never speaks: the word, or the button's label, does. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class={/^(sq|tri|dot)/.test(name) ? 'i f' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
    <path d={strokes[name]} stroke-width={heavier[name]} />
  </svg>
);
