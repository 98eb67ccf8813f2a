import type { Key } from '@noroshi/foundations/i18n';
import { Button, EmptyNote, Field, FieldError, IconLine, Loading, State, ToggleChips } from '@noroshi/foundations/ui';
import { useLine, useLive, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { proposeRedaction } from '../redact.ts';
import { meant, type Part, type Target } from '../redaction.ts';
import { useSaid, WhatIsSaid } from './WhatIsSaid.tsx';

/** 黒塗りの申請: which words of a thing, and why. What was begun stays on this device. */
export default function AskRedaction({ target }: { target: Target }) {
  const { t } = useWords();
  const known = useSaid(target);
  const draft = useLive(async ({ replica }) => ({ text: (await replica.outbox.draft.get(placeOf(target)))?.text ?? '' }), [placeOf(target)]);
  if (!known || !draft) return <Loading>{t('app.loading')}</Loading>;
  if (known.has.length === 0) return <EmptyNote>{t(known.away ? 'keeping.needsLine' : known.there ? 'refusal.keeping.goneAlready' : 'refusal.keeping.notFound')}</EmptyNote>;
  return <Asking key={placeOf(target)} target={target} noun={known.noun} has={known.has} begun={draft.text} />;
}

/** Under which its half-written reason lies. */
const placeOf = (target: Target): string => `keeping/${meant(target)?.id ?? ''}${target.thing?.said ?? ''}`;

function Asking({ target, noun, has, begun }: { target: Target; noun: string; has: readonly Part[]; begun: string }) {
  const { t } = useWords();
  const stair = useStair();
  const { replica } = stair;
  const route = useRoute();
  const sending = useSending();
  const online = useLine().state === 'open';
  const [parts, setParts] = useState<readonly Part[]>(has);
  const [reason, setReason] = useState(begun);
  const [tried, setTried] = useState(false);
  const place = placeOf(target);
  const write = (text: string): void => {
    setReason(text);
    void replica.outbox.draft.put({ place, text, at: stair.now() });
  };
  const lacks = { parts: parts.length === 0, reason: reason.trim() === '' };
  const ask = async (): Promise<void> => {
    setTried(true);
    if (lacks.parts || lacks.reason || !(await sending.send(proposeRedaction, { ...target, parts: [...parts], reason: reason.trim() }))) return;
    await replica.outbox.draft.delete(place);
    route.go(stair.actor.role === 'administrator' ? '/keeping' : `/talk/${target.room}`, { replace: true });
  };
  return (
    <>
      <p>{t('keeping.asks')}</p>
      <WhatIsSaid target={target} parts={has} />
      <ToggleChips legend={t('keeping.which')} values={parts} onChange={setParts} choices={has.map((value) => ({ value, label: t(`keeping.part.${value}`), note: t(`keeping.partNote.${noun}.${value}` as Key) }))} />
      {tried && lacks.parts && <FieldError>{t('keeping.partsMissing')}</FieldError>}
      <Field label={t('keeping.reason')} hint={t('keeping.reasonHint')} error={tried && lacks.reason ? t('keeping.reasonMissing') : undefined}>
        {(wiring) => <textarea {...wiring} rows={3} maxLength={200} value={reason} onInput={(event) => write(event.currentTarget.value)} />}
      </Field>
      <IconLine icon="people">{t('keeping.another')}</IconLine>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {!online && <p role="status"><State kind="quiet">{t('keeping.needsLine')}</State></p>}
      <Button kind="main" wide disabled={!online} busy={sending.busy ? t('keeping.sending') : undefined} onClick={() => void ask()}>{t('keeping.ask')}</Button>
    </>
  );
}
