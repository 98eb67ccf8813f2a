/** The screens of the partners. */
import type { WebRoom } from '@noroshi/foundations/web';
import { NotThere, sharedMarks } from './SharedMark.tsx';

/** @param meet has the room here before a screen of it is drawn */
export function federationWeb(meet: () => Promise<void>): WebRoom {
  const load = async () => (await meet(), import('./screens.ts'));
  const { Head, Above } = sharedMarks(load);
  return { name: 'federation', inside: true, pages: [{ path: '/partners', load }], strips: [Head], above: [Above], besides: [NotThere], homeNotes: [() => import('./HomeNote.tsx')] };
}
