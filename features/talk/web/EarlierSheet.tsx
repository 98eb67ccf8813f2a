import { earlierWords, mostEarlier, type Message } from '@noroshi/features/talk';
import { EmptyNote, FieldError, GroupHead, Loading, Sheet } from '@noroshi/foundations/ui';
import { ask, useLine, useStair, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import { useEffect, useState } from 'preact/hooks';
import { Written } from './Written.tsx';
import type { RoomNow } from './use-room.ts';

export interface EarlierSheetProps {
  readonly doc: Doc<Message>;
  readonly now: RoomNow;
  readonly onClose: () => void;
}

/** Who could not be reached is asked again after so long (milliseconds). */
const pause = 3_000;

type Told = { readonly ok: true; readonly value: { readonly words: readonly { text: string; at: number }[]; readonly more: boolean } } | Refusal;

/** What a mended message said before, from the first words to those of now. It is asked for when it is wanted: a device holds only the latest. */
export function EarlierSheet({ doc, now, onClose }: EarlierSheetProps) {
  const { t, time, moment, dayNumber, refusal } = useWords();
  const stair = useStair();
  const line = useLine();
  const { id, text, amended, at, by } = doc.value;
  const times = amended?.times;
  const online = line.state === 'open';
  const [told, tell] = useState<{ times: number | undefined; answer: Told }>();
  useEffect(() => {
    if (!online) return;
    let current = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const find = async (): Promise<void> => {
      const answer = await ask(earlierWords, { room: now.room.id, message: id });
      if (!current) return;
      tell({ times, answer });
      // A short break may pass without the line noticing it.
      if (!answer.ok && answer.code === 'line.away') again = setTimeout(() => void find(), pause);
    };
    void find();
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [id, times, online]);
  // Mended once more while it is looked at: what was the latest is now among the earlier ones.
  const answer = told?.times === times ? told?.answer : undefined;
  const away = answer ? !answer.ok && answer.code === 'line.away' : !online;
  const clock = (when: number): string => (dayNumber(when) === dayNumber(stair.now()) ? time(when) : moment(when));
  const card = now.byPerson.get(by)?.card;
  const version = (key: string, when: string, said: string) => (
    <section key={key}><GroupHead>{when}</GroupHead><p class="sheet-pad written">{said ? <Written text={said} named={[]} /> : t('talk.noWords')}</p></section>
  );
  return (
    <Sheet title={t('talk.earlier')} closeLabel={t('app.close')} onClose={onClose} place="right">
      <p class="sheet-pad sub">{card?.orgName} <b>{card?.name ?? t('talk.someone')}</b></p>
      <div aria-live="polite">
        {away ? <EmptyNote>{t('talk.earlierOffline')}</EmptyNote> : !answer && <Loading>{t('app.loading')}</Loading>}
        {answer && !answer.ok && !away && <div class="sheet-pad"><FieldError>{refusal(answer.code, answer.params)}</FieldError></div>}
      </div>
      {answer?.ok && <>
        {answer.value.words.map((said, i) => version(`${i}`, t(i === 0 ? 'talk.firstSaid' : 'talk.mendedAt', { time: clock(said.at) }), said.text))}
        {answer.value.more && <p class="sheet-pad sub">{t('talk.earlierMore', { n: mostEarlier })}</p>}
        {version('now', t('talk.mendedNow', { time: clock(amended?.at ?? at) }), text ?? '')}
      </>}
    </Sheet>
  );
}
