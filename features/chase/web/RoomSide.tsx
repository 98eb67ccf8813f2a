import type { Asked } from '@noroshi/foundations/asked';
import { SectionHead } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import { readMissing } from './known.ts';
import { MissingRows } from './MissingRows.tsx';
import './chase.css';

/** Beside a talk on the desk, for who asked and for headquarters: who of this room is not reached. */
export default function RoomSide({ room, asked }: { readonly room: string; readonly asked: readonly Asked[] }) {
  const { t } = useWords();
  const missing = useLive((stair) => readMissing(stair, asked, room), [room]);
  if (!missing?.length) return null;
  return <section><SectionHead level={3} title={t('chase.title')} />{missing.map((one) => <MissingRows key={one.thing} one={one} />)}</section>;
}
