import { readers, type Message } from '@noroshi/features/talk';
import { person as personNoun, type Person } from '@noroshi/features/directory';
import { Button, CallButton, GroupHead, Loading, PersonRow, Sheet, State } from '@noroshi/foundations/ui';
import { ask, useLine, useLive, useRooms, useSheet, useStair, useWords, type WebRoom } from '@noroshi/foundations/web';
import { hasRead, type Doc, type Member } from '@noroshi/foundations/sync';
import type { Id } from '@noroshi/foundations/kernel';
import { useEffect, useState } from 'preact/hooks';
import { asksOf } from '../message.ts';
import { audience } from './audience.ts';
import { answerKey } from './MessageRow.tsx';
import { oneLine } from '../newest-line.ts';
import type { MarksNow, RoomNow } from './use-room.ts';
import './readers.css';

export interface ReadersSheetProps {
  readonly doc: Doc<Message>;
  readonly now: RoomNow;
  readonly marks: MarksNow | undefined;
  readonly onAnswer: () => void;
  readonly onClose: () => void;
}

/** Who has read it and who has not: delivered, read and answered stay apart, and nothing is said that is not known. */
export function ReadersSheet({ doc, now, marks, onAnswer, onClose }: ReadersSheetProps) {
  const words = useWords();
  const { t, time, moment, dayNumber } = words;
  const stair = useStair();
  const line = useLine();
  const message = doc.value;
  const known = marks?.told !== undefined;
  const mark = (who: Member) => marks?.marks.get(who.no);
  const all = audience(doc, now, marks?.marks);
  const read = all.filter((who) => hasRead(mark(who), doc.born));
  const answered = all.filter((who) => message.answers?.[who.person]);
  const proxied = all.filter((who) => message.proxies?.[who.person] && !read.includes(who) && !answered.includes(who));
  const unread = all.filter((who) => !read.includes(who) && !answered.includes(who) && !proxied.includes(who));
  const asks = (who: Member): boolean => asksOf(message, who.person, who.card.org);
  const silent = read.filter((who) => !answered.includes(who) && asks(who));
  // Read, and nothing more is asked of them.
  const seen = read.filter((who) => !answered.includes(who) && !asks(who));
  const [times, setTimes] = useState<ReadonlyMap<Id, number>>();
  const howMany = read.length;
  useEffect(() => {
    if (line.state !== 'open') return;
    let current = true;
    void ask(readers, { room: now.room.id, message: message.id }).then((told) => {
      if (current && told.ok) setTimes(new Map(told.value.times.map((r) => [r.person, r.at])));
    });
    return () => { current = false; };
  }, [message.id, howMany, line.state]);
  const phones = useLive(async (s) => new Map((await s.replica.all<Person>(personNoun.noun)).map((p) => [p.value.id, p.value.phones])));
  const clock = (at: number): string => (dayNumber(at) === dayNumber(stair.now()) ? time(at) : moment(at));
  const readAt = (who: Member): string => {
    const at = times?.get(who.person);
    return at === undefined ? t('talk.read') : t('talk.readAt', { time: clock(at) });
  };
  const numberOf = (who: Member): string | undefined => {
    const numbers = phones?.get(who.person) ?? [];
    // A priority line is for calling out; it is rung only where there is no other.
    const number = (numbers.find((p) => !p.priority) ?? numbers[0])?.number;
    return who.person === now.me?.person ? undefined : number;
  };
  const row = (who: Member, note: string, end: preact.ComponentChildren) => (
    <PersonRow key={who.person} mark={who.card.mark} name={who.person === now.me?.person ? t('talk.you', { name: who.card.name }) : who.card.name} post={who.card.post} end={end}
      // An office PC rings nobody: there the number stands beside, for the telephone on the desk.
      note={<>{note}{end && <span class="desk-number">{numberOf(who)}</span>}</>} />
  );
  const call = (who: Member) => {
    const number = numberOf(who);
    return number && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who.card.name, number })} />;
  };
  const room = useRooms().find((one) => one.readers);
  const end = (who: Member) => (message.urgency === 'urgent' && room ? <Behind load={room.readers!.person} room={now.room.id} message={message.id} person={who.person} /> : call(who));
  const Foot = useSheet(room && !message.withdrawn && now.room.closedAt === undefined ? room.readers!.foot : undefined);
  // Red is for what needs an answer; whoever has not yet read plain words owes nothing.
  const missing = message.urgency ? 'urgent' : 'plain';
  const share = (n: number) => ({ style: { flex: `${n} 0 0` } });
  return (
    <Sheet title={t('talk.readers')} closeLabel={t('app.close')} onClose={onClose} place="right" foot={known && Foot && <Foot room={now.room.id} message={message.id} unread={unread.length} />}>
      <div class="sheet-pad">
        <p class="row">{message.urgency && <State kind={message.urgency === 'urgent' ? 'urgent' : 'doing'}>{t(message.urgency === 'urgent' ? 'talk.urgent' : 'talk.important')}</State>}<time>{clock(message.at)}</time><span class="grow">{now.byPerson.get(message.by)?.card.orgName} {now.byPerson.get(message.by)?.card.name}</span></p>
        <p class="sub">{oneLine(message, words)}</p>
        {known && <>
          <div class="reading-bar" aria-hidden="true">{unread.length > 0 && <i class={message.urgency ? undefined : 'open'} {...share(unread.length)} />}{proxied.length > 0 && <i class="proxied" {...share(proxied.length)} />}{silent.length > 0 && <i class="seen" {...share(silent.length)} />}{seen.length > 0 && <i class="done" {...share(seen.length)} />}{answered.length > 0 && <i class="done" {...share(answered.length)} />}</div>
          <p class="row">
            {unread.length > 0 && <State kind={missing} icon={null}>{t('talk.unread')} {unread.length}</State>}
            {proxied.length > 0 && <State kind="quiet" icon="people">{t('talk.proxy')} {proxied.length}</State>}
            {message.urgency && <span>{t('talk.readSilent')} <b>{silent.length}</b></span>}
            {(!message.urgency || seen.length > 0) && <span>{t('talk.read')} <b>{seen.length}</b></span>}
            {message.urgency && <State kind={answered.length > 0 ? 'ok' : 'quiet'}>{t('talk.answeredShort')} {answered.length}</State>}
          </p>
        </>}
        {!known && <Loading>{t('talk.readUnknownYet')}</Loading>}
        {known && line.state !== 'open' && <p class="sub">{t('app.asOf', { time: clock(marks.told!) })}</p>}
      </div>
      {known && unread.length > 0 && <section>
        <GroupHead aside={t('talk.byRank')}><State kind={missing} icon="ring">{t('talk.unreadPeople', { n: unread.length })}</State></GroupHead>
        <ul>{unread.map((who) => row(who, t((mark(who)?.delivered ?? 0) >= doc.born ? 'talk.deliveredUnread' : 'talk.notDelivered'), end(who)))}</ul>
      </section>}
      {known && proxied.length > 0 && <section>
        <GroupHead><State kind="quiet" icon="people">{t('talk.proxyPeople', { n: proxied.length })}</State></GroupHead>
        <ul>{proxied.map((who) => {
          const [by, at] = message.proxies![who.person]!;
          return row(who, t('talk.proxyBy', { name: now.byPerson.get(by)?.card.name ?? t('talk.someone'), time: clock(at) }), <State kind="quiet" icon="people">{t('talk.proxy')}</State>);
        })}</ul>
      </section>}
      {known && silent.length > 0 && <section>
        <GroupHead>{t('talk.silentPeople', { n: silent.length })}</GroupHead>
        <ul>{silent.map((who) => row(who, readAt(who), who.person === now.me?.person ? <Button onClick={onAnswer}>{t('talk.answerNow')}</Button> : end(who)))}</ul>
      </section>}
      {known && seen.length > 0 && <section>
        <GroupHead>{t('talk.readPeople', { n: seen.length })}</GroupHead>
        <ul>{seen.map((who) => row(who, readAt(who), undefined))}</ul>
      </section>}
      {answered.length > 0 && <section>
        <GroupHead><State kind="ok">{t('talk.answeredPeople', { n: answered.length })}</State></GroupHead>
        <ul>{answered.map((who) => {
          const [given, at, word] = message.answers![who.person]!;
          return row(who, `${read.includes(who) ? readAt(who) : ''}${word ? t('talk.withWord', { word }) : ''}`, <><b>{t(answerKey(given))}</b><br /><time>{clock(at)}</time></>);
        })}</ul>
      </section>}
    </Sheet>
  );
}

/** What another room of the house puts behind someone. */
function Behind({ load, ...who }: { load: NonNullable<WebRoom['readers']>['person']; room: Id; message: Id; person: Id }) {
  const Shown = useSheet(load);
  return Shown ? <Shown {...who} /> : null;
}
