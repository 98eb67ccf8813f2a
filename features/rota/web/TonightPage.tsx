import { nameFor } from '@noroshi/features/directory/web';
import { Bar, Button, CallButton, EmptyNote, FieldError, Loading, Page, PersonRow, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { answerSwap } from '../swap.ts';
import { monthOf } from '../roster.ts';
import { isNow, readRota, turnsOf, type Known, type Turn } from './known.ts';
import { SwapSheet } from './SwapSheet.tsx';
import { useState } from 'preact/hooks';

/** Who holds the line of each organization now; one's own turns. */
export default function TonightPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const known = useLive(readRota);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="rota"
      head={<><Bar title={t('rota.title')} back={{ label: t('app.back'), href: '/more' }} actions={<Button icon="calendar" href={`/rota/${actor.org}`}>{t('rota.month')}</Button>} />{frame.bands}</>}>
      {known ? <Tonight known={known} /> : <Loading>{t('app.loading')}</Loading>}
    </Page>
  );
}

function Tonight({ known }: { known: Known }) {
  const { t, moment, time, language } = useWords();
  const { actor } = useStair();
  const now = useNow(60_000);
  const sending = useSending();
  const [asking, ask] = useState<Turn>();
  const { book } = known;
  const turns = turnsOf(known.rosters).filter(({ until }) => until > now);
  const asked = turns.filter((one) => one.asked?.to === actor.person);
  const mine = turns.filter(({ person }) => person === actor.person).slice(0, 12);
  const holds = (org: string): readonly Turn[] => turns.filter((one) => one.org === org && isNow(one, now));
  const orgs = book.organizations.filter(({ id, kind }) => kind !== 'outside' && (id === actor.org || turns.some(({ org }) => org === id)))
    .toSorted((a, b) => Number(b.id === actor.org) - Number(a.id === actor.org));
  return (
    <>
      {sending.trouble && <div class="form"><FieldError>{sending.trouble}</FieldError></div>}
      {asked.map((one) => (
        <section key={one.id} class="form rota-asked">
          <h2>{t('rota.askedBy', { name: book.personOf(one.asked!.by)?.name ?? '' })}</h2>
          <p>{moment(one.from)}–{moment(one.until)}</p>
          <div class="halves">
            <Button kind="main" tall icon="check" onClick={() => void sending.send(answerSwap, { org: one.org, month: one.month, shift: one.id, accepts: true })}>{t('rota.takesOver')}</Button>
            <Button tall icon="close" onClick={() => void sending.send(answerSwap, { org: one.org, month: one.month, shift: one.id, accepts: false })}>{t('rota.cannot')}</Button>
          </div>
        </section>
      ))}
      {orgs.map(({ id }) => {
        const org = book.orgOf(id)!;
        const here = holds(id);
        const next = turns.find((one) => one.org === id && one.from > now);
        return (
          <section key={id}>
            <SectionHead title={nameFor(language, org)} action={<a class="link" href={`/rota/${id}`}>{t('rota.month')}<span class="sr"> {nameFor(language, org)}</span></a>} />
            {here.length === 0 && <EmptyNote>{next ? t('rota.nobodyUntil', { name: book.personOf(next.person)?.name ?? '', from: moment(next.from) }) : t('rota.nobody')}</EmptyNote>}
            <ul>
              {here.flatMap((one) => [{ id: one.person, deputy: false, one }, ...(one.deputy ? [{ id: one.deputy, deputy: true, one }] : [])]).map(({ id: person, deputy, one }) => {
                const who = book.personOf(person);
                const number = (who?.phones.find((phone) => !phone.priority) ?? who?.phones[0])?.number;
                return (
                  <PersonRow key={`${one.id} ${person}`} mark={org.short} name={who?.name ?? ''} post={<>{book.postsOf(person)[0]?.title} <Tag>{t(deputy ? 'rota.deputy' : 'rota.holds')}</Tag></>}
                    note={t('rota.until', { until: moment(one.until) })}
                    end={person !== actor.person && number && <CallButton href={`tel:${number}`} label={t('talk.callWho', { name: who!.name, number })} />} />
                );
              })}
            </ul>
          </section>
        );
      })}
      {mine.length > 0 && (
        <section>
          <SectionHead title={t('rota.mine')} />
          <ul class="rota-turns">
            {mine.map((one) => (
              <li key={one.id}>
                <p><b>{moment(one.from)}–{time(one.until)}</b> {isNow(one, now) && <State kind="doing">{t('rota.now')}</State>}</p>
                {one.asked ? <p class="sub">{t('rota.waitsFor', { name: book.personOf(one.asked.to)?.name ?? '' })}</p> : null}
                <Button low icon="loop" onClick={() => ask(one)}>{t('rota.ask')}<span class="sr"> {moment(one.from)}</span></Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {turns.length === 0 && <div class="form"><Button kind="main" icon="edit" href={`/rota/${actor.org}/edit?month=${monthOf(now)}`}>{t('rota.write')}</Button></div>}
      {asking && <SwapSheet turn={asking} book={book} onClose={() => ask(undefined)} />}
    </>
  );
}
