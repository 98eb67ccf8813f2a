import { stickers, type Room, type StickerId } from '@noroshi/features/talk';
import { Bubble, Button, EmptyNote, Field, FieldError, State } from '@noroshi/foundations/ui';
import { useLine, useLive, useSending, useStair, useWatched, useWords, type FirstStepProps } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { openRooms } from './each-room.ts';
// From where words are written: a deed that two parts ask for would come in a file of its own, one journey more before the first words on a thin line.
import { say } from './TalkComposer.tsx';
import './talk.css';
import './stickers.css';

/** Those one greets with. */
const greetings: readonly StickerId[] = ['yoroshiku', 'ohayou', 'otsukare', 'ganbarou'];
const place = 'welcome/hello';

/** In a room of one's own: all of the house first, then those for a purpose and the groups. A drill's twin is no place to say hello. */
const first = (all: readonly Room[]): readonly Room[] => {
  const weight = { all: 0, purpose: 1, group: 2, direct: 3, board: 4 } as const;
  return all.filter(({ drill }) => drill === undefined).toSorted((a, b) => weight[a.kind] - weight[b.kind]);
};

/** Say hello: a few words and a sticker, sent as all words are. (F1) */
export default function HelloStep({ onReady, onDone }: FirstStepProps) {
  const { t, language } = useWords();
  const { replica } = useStair();
  const line = useLine();
  const sending = useSending();
  const rooms = useWatched((stair) => openRooms(stair), []);
  const kept = useLive(async (stair) => (await stair.replica.outbox.draft.get(place))?.text, []);
  const [chosen, choose] = useState<string>();
  const [typed, type] = useState<string>();
  const [said, told] = useState<{ readonly words?: string; readonly sticker?: StickerId }>({});
  const all = first(rooms ?? []);
  const isDone = said.sticker !== undefined || (rooms !== undefined && all.length === 0);
  const part = said.sticker ? 'first.done' : said.words ? 'first.sticker' : 'first.hello';
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => { if (isDone) onReady(); }, [isDone]);
  // What was pressed is gone: whoever listens hears what comes, and the keyboard goes on from there.
  useEffect(() => { if (said.words) head.current?.focus(); }, [part]);
  if (!rooms) return null;
  const room = chosen ?? all[0]?.id;
  const words = typed ?? kept ?? t('first.helloWords');
  const write = (text: string): void => {
    type(text);
    void replica.outbox.draft.put({ place, text, at: Date.now() });
  };
  const speak = async (): Promise<void> => {
    if (!room || !words.trim() || !(await sending.send(say, { room, text: words.trim() }))) return;
    await replica.outbox.draft.delete(place);
    told({ words: words.trim() });
  };
  const stick = async (sticker: StickerId): Promise<void> => {
    if (room && await sending.send(say, { room, sticker })) told((now) => ({ ...now, sticker }));
  };
  const busy = sending.busy ? t('talk.sending') : undefined;
  const on = line.state === 'open';
  return (
    <>
      <h2 ref={head} tabIndex={-1}>{t(part)}</h2>
      {all.length === 0 ? <EmptyNote>{t('first.noRoom')}</EmptyNote> : <p>{t(`${part}Says`)}</p>}
      {said.words && <div role="status"><Bubble meta={<State kind={on ? 'ok' : 'quiet'}>{t(on ? 'first.sent' : 'first.waits')}</State>}>{said.words}</Bubble></div>}
      {said.sticker && <div role="status"><Bubble bare><img src={`/stickers/${said.sticker}.svg`} alt={stickers.find(({ id }) => id === said.sticker)![language]} width="120" height="120" /></Bubble></div>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {all.length > 0 && !said.words && (
        <form class="form" onSubmit={(event) => { event.preventDefault(); void speak(); }}>
          <Field label={t('first.where')}>{(wiring) => <select {...wiring} value={room} onChange={(event) => choose(event.currentTarget.value)}>{all.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}</Field>
          <Field label={t('first.words')}>{(wiring) => <textarea {...wiring} rows={2} maxLength={500} value={words} onInput={(event) => write(event.currentTarget.value)} />}</Field>
          <Button kind="main" wide icon="send" type="submit" busy={busy}>{t('first.send')}</Button>
        </form>
      )}
      {said.words && !said.sticker && (
        <div class="sticker-sheet">
          {stickers.filter(({ id }) => greetings.includes(id)).map((sticker) => (
            <button key={sticker.id} type="button" onClick={() => !sending.busy && void stick(sticker.id)}>
              <img src={`/stickers/${sticker.id}.svg`} alt={language === 'ja' ? sticker.ja : ''} width="88" height="88" />{language !== 'ja' && sticker[language]}
            </button>
          ))}
        </div>
      )}
      {isDone && <Button kind="main" wide onClick={onDone}>{t('first.toHome')}</Button>}
    </>
  );
}
