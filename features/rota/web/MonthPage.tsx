import { nameFor } from '@noroshi/features/directory/web';
import { Bar, Button, EmptyNote, Loading, Page, State } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { monthOf, type Shift } from '../roster.ts';
import { mayKeep } from '../set-roster.ts';
import { isNow, readRota, rosterOf, type Turn } from './known.ts';
import { MonthBar } from './MonthBar.tsx';
import { SwapSheet } from './SwapSheet.tsx';

/** A month of an organization: each turn with who holds it, their deputy, and whose it was. */
export default function MonthPage({ org: id, wanted }: { org: string; wanted: string | undefined }) {
  const { t, moment, language } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const now = useNow(60_000);
  const month = wanted ?? monthOf(now);
  const known = useLive(readRota);
  const [asking, ask] = useState<Turn>();
  const org = known?.book.orgOf(id);
  const keeps = mayKeep(actor, id).ok;
  const name = (person: string | undefined): string => known?.book.personOf(person)?.name ?? '';
  const one = known && rosterOf(known, id, month);
  const shifts = one?.shifts.toSorted((a, b) => a.from - b.from) ?? [];
  const over = shifts.filter(({ until }) => until <= now);
  const coming = shifts.filter(({ until }) => until > now);
  const row = (shift: Shift) => (
    <li key={shift.id}>
      <p><b>{moment(shift.from)}–{moment(shift.until)}</b> {isNow(shift, now) && <State kind="doing">{t('rota.now')}</State>}</p>
      <p>{name(shift.person)}{shift.deputy && <span class="sub">　{t('rota.deputyIs', { name: name(shift.deputy) })}</span>}</p>
      {shift.was?.length ? <p class="sub">{t('rota.was', { name: name(shift.was.at(-1)) })}</p> : null}
      {shift.asked && shift.until > now && <p class="sub">{t('rota.waitsFor', { name: name(shift.asked.to) })}</p>}
      {shift.until > now && (shift.person === actor.person || keeps) && <Button low icon="loop" onClick={() => ask({ ...shift, org: id, month })}>{t('rota.ask')}<span class="sr"> {moment(shift.from)}</span></Button>}
    </li>
  );
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="rota"
      head={<><Bar title={t('rota.title')} subtitle={nameFor(language, org)} back={{ label: t('app.back'), href: '/rota' }} />{frame.bands}</>}
      foot={keeps && <Button kind="main" wide icon="edit" href={`/rota/${id}/edit?month=${month}`}>{t('rota.edit')}</Button>}>
      {!known ? <Loading>{t('app.loading')}</Loading> : !org ? <EmptyNote>{t('app.notHereNext')}</EmptyNote> : (
        <>
          <MonthBar month={month} href={(to) => `/rota/${id}?month=${to}`} />
          {!one?.shifts.length ? <EmptyNote>{t('rota.empty')}</EmptyNote> : (
            <>
              {over.length > 0 && <details class="rota-over" open={coming.length === 0}><summary>{t('rota.over', { n: over.length })}</summary><ul class="rota-turns">{over.map(row)}</ul></details>}
              <ul class="rota-turns">{coming.map(row)}</ul>
            </>
          )}
          {asking && <SwapSheet turn={asking} book={known.book} onClose={() => ask(undefined)} />}
        </>
      )}
    </Page>
  );
}
