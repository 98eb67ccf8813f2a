import { standing, type Message } from '@noroshi/features/talk';
import { Icon, IconButton } from '@noroshi/foundations/ui';
import { useLive, useNow, useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { oneLine } from '../newest-line.ts';
import type { RoomNow } from './use-room.ts';
import '@noroshi/foundations/ui/rows.css';
import './pins.css';

interface PinsProps {
  readonly now: RoomNow;
  /** Goes there within the page; otherwise a link leads to the talk. */
  readonly onJump?: ((id: Id) => void) | undefined;
  readonly onTakeOff?: ((id: Id) => void) | undefined;
}

/** The newest of them in one line, over the talk on the phone. */
export function PinsLine({ now }: { readonly now: RoomNow }) {
  const words = useWords();
  const pins = standing(now.room.pins, useNow());
  const first = pins[0]?.message;
  const said = useLive(async (s) => (first ? s.replica.get<Message>('message', first) : undefined), [first]);
  return <><span class="pinned"><Icon name="star" /><b>{words.t('talk.pinsShort', { n: pins.length })}</b> {said && oneLine(said, words)}</span><Icon name="next" /></>;
}

/** What is kept in view, with who and until when. */
export function Pins({ now, onJump, onTakeOff }: PinsProps) {
  const words = useWords();
  const { t, day } = words;
  const pins = standing(now.room.pins, useNow());
  const ids = pins.map((p) => p.message);
  const said = useLive(async (s) => {
    const docs = await s.replica.db.doc.bulkGet(ids.map((id): [string, string] => ['message', id]));
    return new Map(docs.flatMap((d) => (d ? [[d.id, d.value as Message] as const] : [])));
  }, [ids.join()]);
  return (
    <ul class="sheet-pad">
      {pins.map((p) => {
        const message = said?.get(p.message);
        const line = message ? oneLine(message, words) : t('talk.pinElsewhere');
        return (
          <li key={p.message} class="item">
            <div>
              {onJump ? <button type="button" class="link" onClick={() => onJump(p.message)}>{line}</button> : <a class="link" href={`/talk/${now.room.id}?m=${p.message}`}>{line}</a>}
              <br /><span class="sub">{t('talk.pinBy', { day: day(p.until), name: now.byPerson.get(p.by)?.card.name ?? t('talk.someone') })}</span>
            </div>
            {onTakeOff && <IconButton icon="close" label={t('talk.unpin')} onClick={() => onTakeOff(p.message)} />}
          </li>
        );
      })}
    </ul>
  );
}
