import type { PageProps } from '@noroshi/foundations/web';
import { BringPage } from './BringPage.tsx';
import { ImportsPage } from './ImportsPage.tsx';
import { ReadingPage } from './ReadingPage.tsx';
import './past.css';

/** Which screen is asked for: a page of an import, what was brought into a room, or the bringing. */
export default function Screens({ params }: PageProps) {
  const { room, past } = params;
  return room === undefined ? <BringPage /> : past === undefined ? <ImportsPage key={room} room={room} /> : <ReadingPage key={past} room={room} past={past} />;
}
