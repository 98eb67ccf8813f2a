import { addPeople, closeRoom, mayGiveHistory, mayTendRoom, removePerson, renameRoom, standing, unpin, type Room } from '@noroshi/features/talk';
import { mayTend, person as personNoun, type Person } from '@noroshi/features/directory';
import { Bar, Button, CallButton, Chips, EmptyNote, Field, FieldError, GroupHead, Icon, Loading, Page, PersonRow, RoomRow, SectionHead, Sheet, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLive, useLoaded, useNow, useRooms, useRoute, useStair, useWords, WhenWhole, type PageProps, type WebRoom } from '@noroshi/foundations/web';
import type { Member } from '@noroshi/foundations/sync';
import type { Told } from '@noroshi/foundations/sync/web';
import type { Id, Refusal } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';
import { PeoplePicker, usePeople } from './PeoplePicker.tsx';
import { Pins } from './Pins.tsx';
import { useRoom, type RoomNow } from './use-room.ts';
import './talk.css';

/** Who is in a room, how to reach them, what is pinned; and tending it. */
export default function RoomInfoPage({ params }: PageProps) {
  const { t } = useWords();
  const frame = useFrame();
  const now = useRoom(params.room!);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms}
      head={<><Bar title={now?.room.name ?? t('talk.info')} subtitle={now ? t('talk.people', { n: now.here.length }) : undefined} back={{ label: t('talk.toTalk'), href: `/talk/${params.room}` }} />{frame.bands}</>}>
      {now ? <Info now={now} /> : now === null ? <WhenWhole><EmptyNote>{t('refusal.talk.roomNotFound')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Info({ now }: { now: RoomNow }) {
  const words = useWords();
  const { t, refusal } = words;
  const stair = useStair();
  const route = useRoute();
  const rooms = useRooms();
  const { room, me, here } = now;
  // Someone was entered for this room just now: what is left is to let them in.
  const entered = route.search.get('add') as Id | null;
  const [sheet, setSheet] = useState<'rename' | 'close' | 'add' | 'leave' | Member | undefined>(() => (entered && room.kind === 'purpose' && mayTendRoom(stair.actor, room, me).ok ? 'add' : undefined));
  const [trouble, setTrouble] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const people = useLive(async (s) => new Map((await s.replica.all<Person>(personNoun.noun)).map((p) => [p.value.id, p.value])));
  const byOrg = new Map<Id, Member[]>();
  for (const who of here.toSorted((a, b) => a.card.rank - b.card.rank)) byOrg.set(who.card.org, [...(byOrg.get(who.card.org) ?? []), who]);
  const may = mayTendRoom(stair.actor, room, me).ok;
  const mayClose = mayTendRoom(stair.actor, room, me, true).ok;
  const pins = standing(room.pins, useNow());
  const shut = (): void => { setSheet(undefined); setTrouble(undefined); };
  const done = async (sent: Promise<Told>, then: () => void = shut): Promise<void> => {
    setBusy(true);
    const told = await sent;
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (answer.ok) return then();
    if (told.ok) await stair.drop(told.id);
    setTrouble(answer as Refusal);
  };
  const said = trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>;
  const word = busy ? t('talk.sending') : undefined;
  // Rows that grow a button when the numbers come jump under a finger.
  if (!people) return <Loading>{t('app.loading')}</Loading>;
  return (
    <>
      {room.closedAt !== undefined && <EmptyNote>{t('talk.closed')}</EmptyNote>}
      {/* On a desk it stands at the title of the talk. */}
      <div class="phone-only"><RoomRow href={`/search?room=${room.id}`} mark={<Icon name="search" />} name={t('talk.searchHere')} /></div>
      {pins.length > 0 && <>
        <SectionHead title={t('talk.pins')} />
        <Pins now={now} onTakeOff={room.closedAt === undefined && !me?.card.guest ? (id) => void stair.send(unpin, { room: room.id, message: id }) : undefined} />
      </>}
      {me && room.closedAt === undefined && rooms.flatMap(({ name, aboutRoom = [] }) => aboutRoom.map((load, i) => <About key={`${name}${i}`} load={load} room={room.id} />))}
      {me && rooms.flatMap(({ name, aboutPlace = [] }) => aboutPlace.map((load, i) => <About key={`${name}${i}`} load={load} room={room.id} />))}
      <SectionHead title={t('talk.members')} count={{ of: here.length, label: t('talk.people', { n: here.length }) }}
        action={may && room.kind === 'purpose' && <Button icon="plus" onClick={() => setSheet('add')}>{t('talk.addPeople')}</Button>} />
      {/* People from outside belong to no organization that one tends alone: who enters them is an administrator. */}
      {may && room.kind === 'purpose' && mayTend(stair.actor, undefined).ok && <div class="form"><Button icon="plus" href={`/admin/people/new?room=${room.id}`}>{t('talk.inviteGuest')}</Button></div>}
      {[...byOrg.values()].map((members) => (
        <section key={members[0]!.card.org}>
          <GroupHead>{members[0]!.card.orgName}</GroupHead>
          <ul>
            {members.map((who) => {
              const known = people.get(who.person);
              const numbers = known?.phones ?? [];
              const number = (numbers.find((p) => !p.priority) ?? numbers[0])?.number;
              const own = who.person === me?.person;
              return (
                <PersonRow key={who.person} mark={who.card.mark} name={own ? t('talk.you', { name: who.card.name }) : who.card.name} post={<>{who.card.post} {who.card.guest && <Tag>{known?.until === undefined ? t('talk.guest') : t('talk.guestUntil', { day: words.day(known.until) })}</Tag>}</>}
                  note={number}
                  end={<span class="row">
                    {!own && number && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who.card.name, number })} />}
                    {!own && mayClose && room.kind === 'purpose' && <Button kind="quiet" onClick={() => setSheet(who)}>{t('talk.remove')}</Button>}
                  </span>} />
              );
            })}
          </ul>
        </section>
      ))}
      {room.closedAt === undefined && (may || room.kind === 'purpose') && (
        <div class="form">
          {may && <Button icon="edit" onClick={() => setSheet('rename')}>{t('talk.rename')}</Button>}
          {room.kind === 'purpose' && <Button onClick={() => setSheet('leave')}>{t('talk.leave')}</Button>}
          {mayClose && <Button kind="danger" onClick={() => setSheet('close')}>{t('talk.close')}</Button>}
        </div>
      )}
      {sheet === 'rename' && <Rename room={room} onClose={shut} busy={word} trouble={said} onSave={(name, short) => void done(stair.send(renameRoom, { room: room.id, name, short }))} />}
      {sheet === 'add' && <Add now={now} first={entered ?? undefined} onClose={shut} busy={word} trouble={said} onAdd={(people, history) => void done(stair.send(addPeople, { room: room.id, people: [...people], history }), entered && people.includes(entered) ? () => route.go(`/admin/people/${entered}`, { replace: true }) : shut)} />}
      {sheet === 'close' && (
        <Sheet title={t('talk.closeAsk', { name: room.name })} closeLabel={t('app.close')} onClose={shut} foot={<>{said}<Button kind="main" wide busy={word} onClick={() => void done(stair.send(closeRoom, { room: room.id }))}>{t('talk.close')}</Button><Button wide onClick={shut}>{t('talk.leaveIt')}</Button></>}>
          <p class="sheet-pad">{t('talk.closeMeans')}</p>
        </Sheet>
      )}
      {sheet === 'leave' && (
        <Sheet title={t('talk.leaveAsk', { name: room.name })} closeLabel={t('app.close')} onClose={shut}
          foot={<>{said}<Button kind="main" wide busy={word} onClick={() => void done(stair.send(removePerson, { room: room.id, person: stair.actor.person }), () => route.go('/talk', { replace: true }))}>{t('talk.leave')}</Button><Button wide onClick={shut}>{t('talk.leaveIt')}</Button></>}>
          <p class="sheet-pad">{t('talk.leaveMeans')}</p>
        </Sheet>
      )}
      {typeof sheet === 'object' && (
        <Sheet title={t('talk.removeAsk', { name: sheet.card.name })} closeLabel={t('app.close')} onClose={shut}
          foot={<>{said}<Button kind="main" wide busy={word} onClick={() => void done(stair.send(removePerson, { room: room.id, person: sheet.person }))}>{t('talk.remove')}</Button><Button wide onClick={shut}>{t('talk.leaveIt')}</Button></>}>
          <p class="sheet-pad">{t('talk.removeMeans')}</p>
        </Sheet>
      )}
    </>
  );
}

/** What another room of the house has to say of this one. */
function About({ load, room }: { load: NonNullable<WebRoom['aboutRoom']>[number]; room: Id }) {
  const Shown = useLoaded(load);
  return Shown ? <Shown room={room} /> : null;
}

function Rename({ room, onSave, onClose, busy, trouble }: { room: Room; onSave: (name: string, short: string) => void; onClose: () => void; busy: string | undefined; trouble: preact.ComponentChildren }) {
  const { t } = useWords();
  const [name, setName] = useState(room.name);
  const [short, setShort] = useState(room.short);
  return (
    <Sheet title={t('talk.rename')} closeLabel={t('app.close')} onClose={onClose} foot={<Button kind="main" wide busy={busy} onClick={() => onSave(name, short)}>{t('talk.renameSave')}</Button>}>
      <div class="form">
        <Field label={t('talk.roomName')}>{(w) => <input {...w} value={name} maxLength={80} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
        <Field label={t('talk.roomShort')} hint={t('talk.roomShortHint')}>{(w) => <input {...w} value={short} maxLength={4} onInput={(e) => setShort(e.currentTarget.value)} />}</Field>
        {trouble}
      </div>
    </Sheet>
  );
}

function Add({ now, first, onAdd, onClose, busy, trouble }: { now: RoomNow; first: Id | undefined; onAdd: (people: readonly Id[], history: boolean) => void; onClose: () => void; busy: string | undefined; trouble: preact.ComponentChildren }) {
  const { t } = useWords();
  // Whoever was entered for this room stands first, chosen.
  const people = usePeople()?.filter((p) => !now.here.some((m) => m.person === p.id)).toSorted((a, b) => Number(b.id === first) - Number(a.id === first));
  const [chosen, setChosen] = useState<readonly Id[]>(first ? [first] : []);
  const mayGive = mayGiveHistory(now.me);
  const [history, setHistory] = useState<'all' | 'new'>(first ? 'new' : 'all');
  return (
    <Sheet title={t('talk.addPeople')} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{trouble}<Button kind="main" wide busy={busy} disabled={chosen.length === 0} onClick={() => onAdd(chosen, mayGive && history === 'all')}>{t('talk.addSave', { n: chosen.length })}</Button></>}>
      <div class="form">
        {mayGive && <Chips legend={t('talk.history')} value={history} onChange={setHistory} choices={[{ value: 'all', label: t('talk.historyAll') }, { value: 'new', label: t('talk.historyNew') }]} />}
        {people ? <PeoplePicker people={people} chosen={chosen} onChange={setChosen} /> : <Loading>{t('app.loading')}</Loading>}
      </div>
    </Sheet>
  );
}
