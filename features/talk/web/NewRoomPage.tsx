import { openRoom, room as roomNoun, type Room } from '@noroshi/features/talk';
import { Bar, Button, Chips, EmptyNote, Field, FieldError, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useLine, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { currentStay, roomStream, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { Id, Refusal } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';
import { PeoplePicker, usePeople } from './PeoplePicker.tsx';

/** A new room for a purpose, or a talk of two. `?person=` names the other one. */
export default function NewRoomPage() {
  const { t, refusal } = useWords();
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const line = useLine();
  const named = route.search.get('person');
  const people = usePeople();
  const [kind, setKind] = useState<'purpose' | 'direct'>(named ? 'direct' : 'purpose');
  const [name, setName] = useState('');
  const [short, setShort] = useState('');
  const [chosen, setChosen] = useState<readonly Id[]>(named ? [named] : []);
  const [trouble, setTrouble] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const others = people?.filter((p) => p.id !== stair.actor.person);

  const open = async (): Promise<void> => {
    setTrouble(undefined);
    const one = others?.find((p) => p.id === chosen[0]);
    if (kind === 'direct') {
      if (!one) return setTrouble({ ok: false, code: 'talk.directIsForTwo' });
      const before = await directWith(stair, one.id);
      if (before) return route.go(`/talk/${before}`, { replace: true });
    } else if (!name.trim()) return setTrouble({ ok: false, code: 'talk.nameMissing' });
    const id = stair.newId();
    setBusy(true);
    const told = await stair.send(openRoom, {
      id, kind, orgs: [], people: [...chosen],
      name: kind === 'direct' ? one!.name : name.trim(),
      short: kind === 'direct' ? one!.mark : (short.trim() || [...name.trim()][0]!).slice(0, 4),
    });
    const answer = told.ok ? await told.answer : told;
    setBusy(false);
    if (!answer.ok) {
      if (told.ok) await stair.drop(told.id);
      return setTrouble(answer as Refusal);
    }
    await held(stair, id);
    route.go(`/talk/${id}`, { replace: true });
  };

  return (
    <Page
      skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form"
      head={<><Bar title={t('talk.newRoom')} back={{ label: t('app.back'), onClick: () => route.back('/talk') }} />{frame.bands}</>}
      foot={stair.actor.role !== 'guest' && <>
        {trouble && <FieldError>{refusal(trouble.code, trouble.params)}</FieldError>}
        {line.state !== 'open' && busy && <p class="sub" role="status">{t('talk.opensLater')}</p>}
        <Button kind="main" wide busy={busy ? t('talk.opening') : undefined} onClick={() => void open()}>{kind === 'direct' || chosen.length === 0 ? t('talk.openDirect') : t('talk.openPurpose', { n: chosen.length + 1 })}</Button>
      </>}
    >
      {stair.actor.role === 'guest' ? <EmptyNote>{t('refusal.talk.notAllowed')}</EmptyNote> : <>
        <Chips legend={t('talk.roomKind')} value={kind} onChange={(next) => { setKind(next); setChosen((now) => (next === 'direct' ? now.slice(0, 1) : now)); }}
          choices={[{ value: 'purpose', label: t('talk.purpose'), note: t('talk.purposeNote') }, { value: 'direct', label: t('talk.direct'), note: t('talk.directNote') }]} />
        {kind === 'purpose' && <>
          <Field label={t('talk.roomName')}>{(w) => <input {...w} value={name} maxLength={80} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
          <Field label={t('talk.roomShort')} hint={t('talk.roomShortHint')}>{(w) => <input {...w} value={short} maxLength={4} onInput={(e) => setShort(e.currentTarget.value)} />}</Field>
        </>}
        {others ? <PeoplePicker people={others} chosen={chosen} onChange={setChosen} single={kind === 'direct'} /> : <Loading>{t('app.loading')}</Loading>}
      </>}
    </Page>
  );
}

/** The talk of two with someone, where there is one already. */
async function directWith(stair: LowerEnd, other: Id): Promise<Id | undefined> {
  for (const { value } of await stair.replica.all<Room>(roomNoun.noun)) {
    if (value.kind !== 'direct' || value.closedAt !== undefined) continue;
    const members = await stair.replica.all<Member>('member', roomStream(value.id));
    if (members.some((m) => m.value.person === other && currentStay(m.value))) return value.id;
  }
  return undefined;
}

/** Waits until the new room has come down to this device. */
function held(stair: LowerEnd, id: Id): Promise<void> {
  return new Promise((resolve) => {
    const watching = stair.watch(() => stair.replica.get(roomNoun.noun, id)).subscribe((room) => {
      if (!room) return;
      resolve();
      queueMicrotask(() => watching.unsubscribe());
    });
  });
}
