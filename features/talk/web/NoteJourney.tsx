import { message, type Message } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import { useLive, useStair } from '@noroshi/foundations/web';
import { readCount } from './audience.ts';
import { Journey } from './Journey.tsx';
import { useMarks, useRoom } from './use-room.ts';

/** How far what the hotline said of a thing has come, where the thing has a page of its own. Who has read it stands in the talk. */
export function NoteJourney({ room, note, waiting }: { room: Id; note: Id; waiting: boolean }) {
  const me = useStair().actor.person;
  const now = useRoom(room);
  const marks = useMarks(room);
  const doc = useLive(async ({ replica }) => (await replica.db.doc.get([message.noun, note])) as Doc<Message> | undefined, [note]);
  if (!waiting && (!now || !doc)) return null;
  const { read, of, proxy } = doc && now ? readCount(doc, now, marks?.marks ?? new Map()) : { read: 0, of: 0, proxy: 0 };
  return <p class="meta"><Journey waiting={waiting} mine={doc?.value.by === me} read={marks?.told === undefined ? undefined : read} of={of} proxy={proxy} href={`/talk/${room}?m=${note}`} /></p>;
}
