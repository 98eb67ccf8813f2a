import { Button, EmptyNote, Field, FieldError, SectionHead, State } from '@noroshi/foundations/ui';
import { useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { liftHold, putHold } from '../hold.ts';
import type { Kept, KeptProps } from './kept-props.ts';
import { firstTarget, TargetField, targetOf } from './TargetField.tsx';
import { useDated } from './use-dated.ts';

const place = 'keeping/hold';

/** 保全: what is held, by whom and why; holding something; lifting it by two. */
export default function HoldsPart({ kept, rooms, incidents, again, nameOf, call }: KeptProps) {
  const { t } = useWords();
  const draft = useLive(async ({ replica }) => ({ text: (await replica.outbox.draft.get(place))?.text ?? '' }));
  const [lies, over] = [kept.holds.filter(({ released }) => !released), kept.holds.filter(({ released }) => released)];
  return (
    <>
      <p>{t('keeping.holdSays')}</p>
      <section>
        <SectionHead title={t('keeping.holds')} />
        {lies.length === 0 && <EmptyNote>{t('keeping.noHolds')}</EmptyNote>}
        {lies.map((one) => <Lies key={`${one.id}${one.asked?.at}`} one={one} again={again} nameOf={nameOf} call={call} />)}
      </section>
      {draft && <Putting begun={draft.text} rooms={rooms} incidents={incidents} again={again} />}
      {over.length > 0 && (
        <section>
          <SectionHead title={t('keeping.lifted')} />
          <ul class="keeping-list">{over.map((one) => <Over key={one.id} one={one} nameOf={nameOf} call={call} />)}</ul>
        </section>
      )}
    </>
  );
}

type One = { one: Kept['holds'][number] } & Pick<KeptProps, 'nameOf' | 'call'>;

function Lies({ one, again, nameOf, call }: One & Pick<KeptProps, 'again'>) {
  const { t } = useWords();
  const { dated } = useDated();
  const { actor } = useStair();
  const sending = useSending();
  const mine = one.asked?.by === actor.person;
  const lift = async (): Promise<void> => { if (await sending.send(liftHold, { hold: one.id })) again(); };
  return (
    <article class="keeping-open">
      <p><State kind="doing">{t('keeping.held')}</State> <b>{call(one)}</b><br />{one.reason}<br /><span class="sub">{nameOf(one.by)}　{dated(one.at)}</span></p>
      {one.asked && <p>{t('keeping.liftAsked', { who: nameOf(one.asked.by), time: dated(one.asked.at) })}</p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {mine ? <p class="sub">{t('keeping.waitsForAnother')}</p> : <Button wide busy={sending.busy ? t('keeping.sending') : undefined} onClick={() => void lift()}>{t(one.asked ? 'keeping.lift' : 'keeping.askLift')}</Button>}
    </article>
  );
}

function Over({ one, nameOf, call }: One) {
  const { t } = useWords();
  const { dated } = useDated();
  return <li><p>{call(one)}<br />{one.reason}<br /><span class="sub">{t('keeping.decidedBy', { first: nameOf(one.asked!.by), second: nameOf(one.released!.by), time: dated(one.released!.at) })}</span></p></li>;
}

function Putting({ begun, rooms, incidents, again }: Pick<KeptProps, 'rooms' | 'incidents' | 'again'> & { begun: string }) {
  const { t } = useWords();
  const stair = useStair();
  const sending = useSending();
  const [target, setTarget] = useState(firstTarget({ rooms, incidents }));
  const [reason, setReason] = useState(begun);
  const [tried, setTried] = useState(false);
  const lacks = reason.trim() === '';
  const write = (text: string): void => {
    setReason(text);
    void stair.replica.outbox.draft.put({ place, text, at: stair.now() });
  };
  const put = async (): Promise<void> => {
    setTried(true);
    if (lacks || !(await sending.send(putHold, { ...targetOf(target), reason: reason.trim() }))) return;
    await stair.replica.outbox.draft.delete(place);
    setReason('');
    setTried(false);
    again();
  };
  return (
    <section class="keeping-open">
      <SectionHead title={t('keeping.putHold')} />
      <TargetField incidents={incidents} rooms={rooms} value={target} onChange={setTarget} />
      <Field label={t('keeping.holdReason')} hint={t('keeping.holdReasonHint')} error={tried && lacks ? t('keeping.reasonMissing') : undefined}>{(wiring) => <textarea {...wiring} rows={2} maxLength={200} value={reason} onInput={(event) => write(event.currentTarget.value)} />}</Field>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button kind="main" wide disabled={target === ''} busy={sending.busy ? t('keeping.sending') : undefined} onClick={() => void put()}>{t('keeping.putHoldNow')}</Button>
    </section>
  );
}
