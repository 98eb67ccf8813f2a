import { person as personNoun, type Person } from '@noroshi/features/directory';
import { useMarks } from '@noroshi/features/talk/web';
import { Bar, Button, CallButton, FieldError, Loading, Pane, State } from '@noroshi/foundations/ui';
import type { Member } from '@noroshi/foundations/sync';
import { useLine, useLive, useNow, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { isOver } from '../board-post.ts';
import { askedOf, readersByOrg, type ReaderGroup } from '../readers.ts';
import { remindEvery, remindPost } from '../tend-post.ts';
import type { BoardNow, PostDoc } from './known.ts';
import '@noroshi/foundations/ui/rows.css';

/** Who has read a notice and who has not, by organization, the unread first; by name where one opens it. */
export function Readers({ board, doc }: { board: BoardNow; doc: PostDoc }) {
  const { t, time } = useWords();
  const line = useLine();
  const now = useNow();
  const sending = useSending();
  const marks = useMarks(board.id);
  const { actor } = useStair();
  const phones = useLive(async (s) => new Map((await s.replica.all<Person>(personNoun.noun)).map(({ value }) => [value.id, value.phones])));
  const { value } = doc;
  const known = marks?.told !== undefined;
  const asked = askedOf(doc, board.members, (no) => marks?.marks.get(no));
  const groups = readersByOrg(asked);
  const unread = asked.filter((one) => !one.read).length;
  const wait = value.reminded ? Math.min(remindEvery * 60_000, value.reminded.at + remindEvery * 60_000 - now) : 0;
  const given = value.must!.answers.map((label, i) => ({ label, n: asked.filter((one) => one.answer === i).length }));
  const call = (who: Member) => {
    const numbers = phones?.get(who.person) ?? [];
    const number = (numbers.find((one) => !one.priority) ?? numbers[0])?.number;
    return number && who.person !== actor.person ? <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who.card.name, number })} /> : undefined;
  };
  const state = ({ people }: ReaderGroup) => {
    const n = people.filter((one) => !one.read).length;
    if (n === 0) return <State kind="ok">{t('board.allRead')}</State>;
    return <State kind={n === people.length ? 'urgent' : 'quiet'}>{n === people.length ? t('board.allUnread') : t('board.someUnread', { n })}</State>;
  };
  return (
    <Pane at="side" label={t('board.readersTitle')} head={<Bar level={2} title={known ? t('board.readers', { read: asked.length - unread, of: asked.length, unread }) : t('board.readersTitle')} />}>
      <div class="readers not-printed">
        {!known && <Loading>{t('board.readersUnknown')}</Loading>}
        {known && <div class="form">
          {line.state !== 'open' && <p class="sub">{t('app.asOf', { time: time(marks.told!) })}</p>}
          <p class="readers-sums">{given.map(({ label, n }) => <State key={label} kind={n > 0 ? 'ok' : 'quiet'}>{t('board.answerCount', { answer: label, n })}</State>)}<State kind="quiet">{t('board.noAnswerYet', { n: asked.filter((one) => one.answer === undefined).length })}</State></p>
          {value.reminded && <p class="sub" role="status">{t('board.remindedAt', { time: time(value.reminded.at), n: value.reminded.times })}</p>}
          {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
          {unread > 0 && !isOver(value, now) && <>
            <Button kind="main" wide icon="bell" disabled={wait > 0} busy={sending.busy ? t('board.sending') : undefined} onClick={() => void sending.send(remindPost, { board: board.id, post: value.id })}>{wait > 0 ? t('board.remindWait', { n: Math.ceil(wait / 60_000) }) : t('board.remind', { n: unread })}</Button>
            <p class="sub">{t(line.state === 'open' ? 'board.remindSays' : 'board.remindQueued')}</p>
          </>}
        </div>}
        {known && groups.map((group) => (
          <details key={group.org} class="readers-org">
            <summary><b class="grow">{group.name}</b><span class="readers-dots" aria-hidden="true">{group.people.map(({ who, read }) => <i key={who.no} class={read ? 'done' : undefined} />)}</span>{state(group)}</summary>
            <ul>{group.people.map(({ who, read, answer, delivered }) => (
              <li key={who.no} class="person">
                <div><b>{who.card.name}</b>{who.card.post && <span class="post">{who.card.post}</span>}
                  <p class="says">{answer !== undefined ? <State kind="ok">{value.must!.answers[answer]}</State> : read ? t('board.readSilent') : t(delivered ? 'board.person.delivered' : 'board.person.undelivered')}</p></div>
                {answer === undefined && <span class="end">{call(who)}</span>}
              </li>
            ))}</ul>
          </details>
        ))}
      </div>
    </Pane>
  );
}
