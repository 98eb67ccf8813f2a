import type { Room } from '@noroshi/features/talk';
import { Button, EmptyNote, Field, FieldError, SectionHead, State, type StateKind } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { accept, decline, endShare, offer } from '../offer.ts';
import type { AskTold, PartnerTold, ShareTold } from '../questions.ts';

interface Here { readonly rooms: readonly Room[]; readonly again: () => void }
const kinds = { offered: 'doing', open: 'ok', ended: 'quiet' } as const satisfies Record<string, StateKind>;

function RoomField({ label, rooms, value, onChange }: { label: string; rooms: readonly Room[]; value: string; onChange: (room: string) => void }) {
  const { t } = useWords();
  if (rooms.length === 0) return <EmptyNote>{t('federation.noRooms')}</EmptyNote>;
  return <Field label={label}>{(wiring) => <select {...wiring} value={value} onChange={(event) => onChange(event.currentTarget.value)}><option value="">{t('federation.choose')}</option>{rooms.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}</Field>;
}

/** What a partner asks: which of our rooms it is to be, or that it is not to be. */
export function AskItem({ one, name, rooms, again }: Here & { one: AskTold; name: string }) {
  const { t } = useWords();
  const sending = useSending();
  const [room, choose] = useState('');
  const what = { share: one.share, partner: one.partner };
  const answers = async (accepts: boolean): Promise<void> => { if (await (accepts ? sending.send(accept, { ...what, room }) : sending.send(decline, what))) again(); };
  return (
    <article class="partner">
      <p><b>{t('federation.askIs', { name, room: one.name })}</b></p>
      <p class="sub">{t('federation.offerSays')}</p>
      <RoomField label={t('federation.asRoom')} rooms={rooms} value={room} onChange={choose} />
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button kind="main" wide disabled={!room} busy={sending.busy ? t('federation.sending') : undefined} onClick={() => void answers(true)}>{t('federation.accept')}</Button>
      <Button wide onClick={() => void answers(false)}>{t('federation.decline')}</Button>
    </article>
  );
}

/** A room that is shared, was, or is offered. */
export function ShareItem({ one, name, room, again }: { one: ShareTold; name: string; room: Room | undefined; again: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [sure, ask] = useState(false);
  const ends = async (): Promise<void> => { if (one.room !== undefined && await sending.send(endShare, { share: one.share, partner: one.partner, room: one.room })) again(); };
  return (
    <article class="partner">
      <p>{room ? <a class="link" href={`/talk/${room.id}`}>{room.name}</a> : t('federation.unseenRoom')}<br />{t('federation.shareWith', { name })}　<State kind={kinds[one.state]}>{t(`federation.share.${one.state}`)}</State></p>
      {one.waits > 0 && <p><State kind="short">{t('federation.waits', { n: one.waits })}</State></p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {one.state !== 'ended' && one.room !== undefined && <Button wide icon="close" busy={sending.busy ? t('federation.sending') : undefined} onClick={() => (sure ? void ends() : ask(true))}>{t(sure ? 'federation.endSure' : 'federation.end')}</Button>}
    </article>
  );
}

/** トークを共有する: what it will do stands above the button that does it. */
export function OfferForm({ partners, rooms, again }: Here & { partners: readonly PartnerTold[] }) {
  const { t } = useWords();
  const sending = useSending();
  const [partner, choose] = useState(partners[0]!.id);
  const [room, take] = useState('');
  const offers = async (): Promise<void> => {
    if (!(await sending.send(offer, { share: crypto.randomUUID(), partner, room }))) return;
    take('');
    again();
  };
  return (
    <section class="form">
      <SectionHead title={t('federation.offer')} />
      {partners.length > 1 && <Field label={t('federation.whichPartner')}>{(wiring) => <select {...wiring} value={partner} onChange={(event) => choose(event.currentTarget.value)}>{partners.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}</Field>}
      <RoomField label={t('federation.whichRoom')} rooms={rooms} value={room} onChange={take} />
      <p>{t('federation.offerSays')}</p>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button kind="main" wide disabled={!room} busy={sending.busy ? t('federation.sending') : undefined} onClick={() => void offers()}>{t('federation.offerNow')}</Button>
    </section>
  );
}
