import { useNames } from '@noroshi/features/directory/web';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Key } from '@noroshi/foundations/i18n';
import { Band, Button, EmptyNote, Facts, Field, FieldError, Loading, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useAsked, useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { approveRedaction, declineRedaction } from '../redact.ts';
import { targetOf } from '../redaction.ts';
import { redactions } from '../questions.ts';
import type { z } from 'zod/mini';
import { useDated } from './use-dated.ts';
import { useSaid, WhatIsSaid } from './WhatIsSaid.tsx';

type Redaction = z.output<typeof redactions.output>['redactions'][number];

/** 黒塗り: what waits for a second person, and what was decided. */
export default function RedactionsPart() {
  const { t, refusal } = useWords();
  const { dated } = useDated();
  const { told, again } = useAsked(redactions, {});
  const rooms = useLive(async ({ replica }) => new Map((await replica.all<Room>(roomNoun.noun)).map(({ value }) => [value.id, value.name])));
  const nameOf = useNames();
  if (told && !told.ok) return <EmptyNote>{told.code === 'line.away' ? t('keeping.needsLine') : refusal(told.code, told.params)}</EmptyNote>;
  if (!told || !rooms) return <Loading>{t('app.loading')}</Loading>;
  const all = told.value.redactions;
  const [open, done] = [all.filter(({ state }) => state === 'proposed'), all.filter(({ state }) => state !== 'proposed')];
  return (
    <>
      <p>{t('keeping.says')}</p>
      <section>
        <SectionHead title={t('keeping.open')} />
        {open.length === 0 && <EmptyNote>{t('keeping.noneOpen')}</EmptyNote>}
        {open.map((one) => <Open key={one.id} one={one} room={rooms.get(one.room ?? '')} nameOf={nameOf} decided={again} />)}
      </section>
      {done.length > 0 && (
        <section>
          <SectionHead title={t('keeping.done')} />
          <ul class="keeping-list">
            {done.map((one) => (
              <li key={one.id}>
                <p>{one.drill && <><Tag kind="drill">{t('home.drill')}</Tag> </>}<State kind={one.state === 'approved' ? 'ok' : 'quiet'}>{t(one.state === 'approved' ? 'keeping.approved' : 'keeping.declined')}</State> <Where one={one} room={rooms.get(one.room ?? '')} /><br />{one.reason}</p>
                <p class="sub">{t('keeping.decidedBy', { first: nameOf(one.by), second: nameOf(one.decided!.by), time: dated(one.decided!.at) })}{one.decided!.why && <><br />{one.decided!.why}</>}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What it is, in which room, and the way there. */
function Where({ one, room }: { one: Redaction; room: string | undefined }) {
  const { t } = useWords();
  const known = useSaid(targetOf(one));
  const says = [one.thing ? t(`keeping.thing.${one.thing.noun}` as Key) : '', room ?? ''].filter(Boolean).join('　');
  return known?.there ? <a class="link" href={known.href}>{says}</a> : <>{says}</>;
}

/** One that waits: what would go, and the two answers to it. */
function Open({ one, room, nameOf, decided }: { one: Redaction; room: string | undefined; nameOf: (person: string) => string; decided: () => void }) {
  const { t } = useWords();
  const { date: day, dated } = useDated();
  const { actor } = useStair();
  const sending = useSending();
  const [step, setStep] = useState<'agree' | 'decline'>();
  const [why, setWhy] = useState('');
  const mine = one.by === actor.person;
  const at = { redaction: one.id, ...targetOf(one) };
  const agree = async (): Promise<void> => { if (await sending.send(approveRedaction, at)) decided(); };
  const decline = async (): Promise<void> => { if (await sending.send(declineRedaction, { ...at, ...(why.trim() ? { why: why.trim() } : {}) })) decided(); };
  const busy = sending.busy ? t('keeping.sending') : undefined;
  return (
    <article class="keeping-open">
      {one.drill && <p><Tag kind="drill">{t('home.drill')}</Tag></p>}
      <Facts facts={[
        { term: t('keeping.reason'), is: one.reason },
        { term: t('keeping.which'), is: one.parts.map((part) => t(`keeping.part.${part}`)).join(t('talk.and')) },
        { term: t('keeping.where'), is: one.unseen ? t(one.unseen.direct ? 'keeping.unseenDirect' : 'keeping.unseenRoom', { day: day(one.unseen.at), name: one.unseen.by ? nameOf(one.unseen.by) : '' }) : <Where one={one} room={room} /> },
        { term: t('keeping.askedBy'), is: `${nameOf(one.by)}　${dated(one.at)}` },
      ]} />
      {one.unseen ? <p class="sub">{t('keeping.unseen')}</p> : <WhatIsSaid target={targetOf(one)} parts={one.parts} />}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {mine && <><p>{t('keeping.waitsForAnother')}</p><Button wide busy={busy} onClick={() => void decline()}>{t('keeping.takeBack')}</Button></>}
      {!mine && step === undefined && <><Button kind="main" wide onClick={() => setStep('agree')}>{t('keeping.agree')}</Button><Button wide onClick={() => setStep('decline')}>{t('keeping.decline')}</Button></>}
      {!mine && step === 'agree' && <><Band kind="low">{t('keeping.sure')}</Band><Button kind="main" wide busy={busy} onClick={() => void agree()}>{t('keeping.agreeSure')}</Button><Button wide onClick={() => setStep(undefined)}>{t('keeping.notNow')}</Button></>}
      {!mine && step === 'decline' && (
        <>
          <Field label={t('keeping.why')}>{(wiring) => <textarea {...wiring} rows={2} maxLength={200} value={why} onInput={(event) => setWhy(event.currentTarget.value)} />}</Field>
          <Button kind="main" wide busy={busy} onClick={() => void decline()}>{t('keeping.decline')}</Button><Button wide onClick={() => setStep(undefined)}>{t('keeping.notNow')}</Button>
        </>
      )}
    </article>
  );
}
