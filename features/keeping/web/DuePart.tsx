import type { Key } from '@noroshi/foundations/i18n';
import { Band, Button, EmptyNote, FieldError, SectionHead, State, type StateKind } from '@noroshi/foundations/ui';
import { useSending, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { askDisposal, decideDisposal } from '../disposal.ts';
import type { Kept, KeptProps } from './kept-props.ts';
import { useDated } from './use-dated.ts';

const states = { asked: 'doing', agreed: 'doing', declined: 'quiet', done: 'ok' } as const satisfies Record<Kept['disposals'][number]['state'], StateKind>;

/** 廃棄予定: what is due, what waits for a second person, and what went. */
export default function DuePart({ kept, again, nameOf, call }: KeptProps) {
  const { t } = useWords();
  const { dated } = useDated();
  const open = kept.disposals.filter(({ state }) => state === 'asked');
  const past = kept.disposals.filter(({ state }) => state !== 'asked');
  const due = kept.due.filter((one) => !kept.disposals.some(({ room, incident, state }) => room === one.room && incident === one.incident && (state === 'asked' || state === 'agreed')));
  return (
    <>
      <p>{t('keeping.dueSays')}</p>
      <section>
        <SectionHead title={t('keeping.due')} />
        {due.length === 0 && <EmptyNote>{t('keeping.noneDue')}</EmptyNote>}
        {due.map((one) => <Due key={`${one.room}${one.incident}`} one={one} again={again} call={call} />)}
      </section>
      {open.length > 0 && <section><SectionHead title={t('keeping.open')} />{open.map((one) => <Asked key={one.id} one={one} again={again} nameOf={nameOf} call={call} />)}</section>}
      {past.length > 0 && (
        <section>
          <SectionHead title={t('keeping.disposals')} />
          <ul class="keeping-list">{past.map((one) => <li key={one.id}><p><State kind={states[one.state]}>{t(`keeping.disposal.${one.state}`)}</State> {call(one, true)}<br /><span class="sub">{t('keeping.decidedBy', { first: nameOf(one.by), second: nameOf(one.decided!.by), time: dated(one.decided!.at) })}</span></p></li>)}</ul>
        </section>
      )}
    </>
  );
}

function Due({ one, again, call }: { one: Kept['due'][number] } & Pick<KeptProps, 'again' | 'call'>) {
  const { t } = useWords();
  const { date } = useDated();
  const sending = useSending();
  const ask = async (): Promise<void> => { if (await sending.send(askDisposal, { ...(one.room === undefined ? {} : { room: one.room }), ...(one.incident === undefined ? {} : { incident: one.incident }) })) again(); };
  return (
    <article class="keeping-open">
      <p><b>{call(one, true)}</b><br />{t('keeping.dueCount', { n: one.count, first: date(one.first), last: date(one.last) })}<br /><span class="sub">{Object.entries(one.kinds).map(([noun, n]) => t('keeping.dueKind', { what: t(`keeping.thing.${noun}` as Key), n })).join(t('talk.and'))}</span></p>
      {one.held && <p><State kind="doing">{t('keeping.dueHeld')}</State></p>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {!one.held && <Button wide busy={sending.busy ? t('keeping.sending') : undefined} onClick={() => void ask()}>{t('keeping.askDisposal')}</Button>}
    </article>
  );
}

function Asked({ one, again, nameOf, call }: { one: Kept['disposals'][number] } & Pick<KeptProps, 'again' | 'nameOf' | 'call'>) {
  const { t } = useWords();
  const { dated } = useDated();
  const { actor } = useStair();
  const sending = useSending();
  const [sure, setSure] = useState(false);
  const mine = one.by === actor.person;
  const busy = sending.busy ? t('keeping.sending') : undefined;
  const decide = async (agree: boolean): Promise<void> => { if (await sending.send(decideDisposal, { disposal: one.id, ...(one.room === undefined ? {} : { room: one.room }), ...(one.incident === undefined ? {} : { incident: one.incident }), agree })) again(); };
  return (
    <article class="keeping-open">
      <p><b>{call(one, true)}</b><br /><span class="sub">{t('keeping.askedBy')}　{nameOf(one.by)}　{dated(one.at)}</span></p>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      {mine && <><p>{t('keeping.waitsForAnother')}</p><Button wide busy={busy} onClick={() => void decide(false)}>{t('keeping.takeBack')}</Button></>}
      {!mine && !sure && <><Button kind="main" wide onClick={() => setSure(true)}>{t('keeping.agree')}</Button><Button wide busy={busy} onClick={() => void decide(false)}>{t('keeping.decline')}</Button></>}
      {!mine && sure && <><Band kind="low">{t('keeping.sureDisposal')}</Band><Button kind="main" wide busy={busy} onClick={() => void decide(true)}>{t('keeping.agreeSure')}</Button><Button wide onClick={() => setSure(false)}>{t('keeping.notNow')}</Button></>}
    </article>
  );
}
