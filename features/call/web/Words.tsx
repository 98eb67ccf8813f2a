import { useDraft } from '@noroshi/features/talk/web';
import { message as messageNoun, oneLine, say, type Message } from '@noroshi/features/talk';
import { roomStream } from '@noroshi/foundations/sync';
import { Composer, FieldError } from '@noroshi/foundations/ui';
import { useLive, useSending, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Known } from './known.ts';

/** As many of the newest words stand beside the pictures. */
const most = 20;

/** The newest words of the talk beside the pictures, and where one writes more of them. */
export function Words({ known }: { known: Known }) {
  const words = useWords();
  const { t, time } = words;
  const { send, trouble, busy } = useSending();
  // The words begun in the talk, as far as they are words alone: what is urgent, or has photographs, is sent where that is seen.
  const [draft, change] = useDraft(known.room.id);
  const { text: begun, named, attachments, ...more } = draft;
  const isPlain = named.length === 0 && attachments.length === 0 && Object.values(more).every((one) => one === undefined);
  const [own, setOwn] = useState('');
  const text = isPlain ? begun : own;
  const setText = (next: string): void => (isPlain ? change({ ...draft, text: next }) : setOwn(next));
  const list = useRef<HTMLOListElement>(null);
  const stream = roomStream(known.room.id);
  const said = useLive(async (stair) => {
    const items = await stair.replica.outbox.item.where('stream').equals(stream).filter((item) => item.state !== 'refused').sortBy('order');
    const docs = await stair.overlay(await stair.replica.newest<Message>(messageNoun.noun, stream, most), items);
    return docs.filter(({ noun }) => noun === messageNoun.noun).map(({ value }) => value as Message).toSorted((a, b) => a.at - b.at);
  }, [stream]);
  useEffect(() => { list.current?.scrollTo({ top: list.current.scrollHeight }); }, [said?.length]);
  const now = useRef({ text, setText });
  now.current = { text, setText };
  const speak = async (): Promise<void> => {
    const told = text;
    setText('');
    // What was refused comes back before what was written meanwhile.
    if (await send(say, { room: known.room.id, text: told }) === undefined) now.current.setText([told, now.current.text].filter(Boolean).join('\n'));
  };
  return (
    <section class="call-words" aria-label={t('call.words')}>
      <ol ref={list} tabIndex={0}>
        {said?.map((one) => <li key={one.id}><span class="sub">{time(one.at)} {!one.note && <b>{known.byPerson.get(one.by)?.card.name}</b>}</span><br />{oneLine(one, words)}</li>)}
      </ol>
      {trouble && <FieldError>{trouble}</FieldError>}
      <Composer label={t('talk.write')} sendLabel={t('talk.send')} value={text} onChange={setText} onSend={() => { if (!busy) void speak(); }} />
    </section>
  );
}
