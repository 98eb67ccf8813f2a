import { Button, Field, FieldError, State, type StateKind } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { confirm, revoke } from '../meet.ts';
import type { PartnerTold } from '../questions.ts';
import { Numbers } from './Cards.tsx';

const kinds = { read: 'doing', open: 'ok', held: 'urgent', revoked: 'quiet' } as const satisfies Record<string, StateKind>;
const stateOf = ({ confirmed, revoked, held }: PartnerTold): keyof typeof kinds => (revoked ? 'revoked' : held ? 'held' : confirmed ? 'open' : 'read');

/** 相手の狼煙: who they are, how one stands with them, and what is to be done about it. */
export function PartnerItem({ one, nameOf, again }: { one: PartnerTold; nameOf: (id: string) => string; again: () => void }) {
  const { t, moment } = useWords();
  const state = stateOf(one);
  const { confirmed, revoked, held } = one;
  return (
    <article class="partner">
      <p><b>{one.name}</b>　<State kind={kinds[state]}>{t(`federation.state.${state}`)}</State><br /><span class="sub">{one.address}</span></p>
      {held && state === 'held' && <p>{t(held.why === 'restored' ? 'federation.heldRestored' : 'federation.heldSays')}</p>}
      {confirmed && <p class="sub">{t('federation.confirmedBy', { who: nameOf(confirmed.by), time: moment(confirmed.at), spokeTo: confirmed.spokeTo })}</p>}
      {revoked && <p class="sub">{t('federation.revokedBy', { who: nameOf(revoked.by), time: moment(revoked.at) })}</p>}
      {state === 'open' && <p class="sub">{one.heard === undefined ? t('federation.notHeard') : t('federation.heardAt', { time: moment(one.heard) })}</p>}
      {(state === 'read' || state === 'held') && <Confirming one={one} again={again} />}
      {state !== 'revoked' && <Revoking one={one} again={again} />}
    </article>
  );
}

function Confirming({ one, again }: { one: PartnerTold; again: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [spokeTo, write] = useState('');
  const [tried, press] = useState(false);
  const label = t('federation.theirNumbers', { name: one.name });
  const confirms = async (): Promise<void> => {
    press(true);
    if (spokeTo.trim() && await sending.send(confirm, { partner: one.id, spokeTo: spokeTo.trim() })) again();
  };
  return (
    <>
      <h3>{label}</h3>
      <p>{t('federation.theirNumbersSay')}</p>
      <Numbers numbers={one.numbers} label={label} />
      <Field label={t('federation.spokeTo')} hint={t('federation.spokeHint')} error={tried && !spokeTo.trim() ? t('federation.spokeMissing') : undefined}>
        {(wiring) => <input {...wiring} maxLength={80} autocomplete="off" value={spokeTo} onInput={(event) => write(event.currentTarget.value)} />}
      </Field>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button kind="main" wide icon="phone" busy={sending.busy ? t('federation.sending') : undefined} onClick={() => void confirms()}>{t('federation.confirm')}</Button>
    </>
  );
}

function Revoking({ one, again }: { one: PartnerTold; again: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [sure, ask] = useState(false);
  const revokes = async (): Promise<void> => { if (await sending.send(revoke, { partner: one.id })) again(); };
  return (
    <>
      {sure && <p>{t('federation.revokeSays')}</p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button wide icon="close" busy={sending.busy ? t('federation.sending') : undefined} onClick={() => (sure ? void revokes() : ask(true))}>{sure ? t('federation.revokeSure', { name: one.name }) : t('federation.revoke')}</Button>
    </>
  );
}
