import { Bar, Button, EmptyNote, Facts, Field, FieldError, Loading, Page, SectionHead, Sheet, State } from '@noroshi/foundations/ui';
import { ask, useFrame, useLine, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { takeBackImport } from '../bring.ts';
import { readPage } from '../questions.ts';
import { readImports, type Shown } from './known.ts';
import { span } from './says.ts';

/** 移行した記録: what was brought into a room or onto a board. A line that was found is opened on its page. */
export function ImportsPage({ room }: { room: string }) {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const { search } = useRoute();
  const known = useLive((stair) => readImports(stair, room), [room]);
  const line = search.get('line');
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('past.title')} subtitle={known?.name} back={{ label: t('app.back'), href: known?.isBoard ? '/board' : `/talk/${room}/info` }} />{frame.bands}</>}>
      {known === undefined && <Loading>{t('app.loading')}</Loading>}
      {known === null && <WhenWhole><EmptyNote>{t('refusal.past.notFound')}</EmptyNote></WhenWhole>}
      {known && line && <Finding room={room} line={line} at={Number(search.get('at'))} all={known.all} />}
      {known?.all.length === 0 && <EmptyNote>{t('past.none')}</EmptyNote>}
      {known?.all.map((one) => <One key={one.id} room={room} one={one} />)}
      {known && actor.role === 'administrator' && <Button wide icon="save" href={`/past?place=${room}`}>{t('past.bring')}</Button>}
    </Page>
  );
}

/** What was said in one minute may stand on a few pages. */
const fewPages = 5;

/** The page of an import on which a line stands. */
async function pageOf(place: string, past: string, line: string, at: number): Promise<number | undefined> {
  let told = await ask(readPage, { place, past, at });
  for (let tries = 0; told.ok && tries < fewPages; tries++) {
    const { page, lines } = told.value;
    if (lines.some(({ id }) => id === line)) return page;
    if (page === 0) return undefined;
    told = await ask(readPage, { place, past, page: page - 1 });
  }
  return undefined;
}

/** Goes to the page on which a line stands. */
function Finding({ room, line, at, all }: { room: string; line: string; at: number; all: readonly Shown[] }) {
  const { t } = useWords();
  const route = useRoute();
  const online = useLine().state === 'open';
  useEffect(() => {
    if (!online) return;
    void (async () => {
      for (const { id: past } of all.filter(({ from, to }) => from <= at && at <= to)) {
        const page = await pageOf(room, past, line, at);
        if (page !== undefined) return route.go(`/past/${room}/${past}?page=${page}&line=${line}`, { replace: true });
      }
    })();
  }, [online, line]);
  return <p role="status" class="sub">{t(online ? 'past.finding' : 'past.needsLine')}</p>;
}

function One({ room, one }: { room: string; one: Shown }) {
  const words = useWords();
  const { t, moment } = words;
  const { actor } = useStair();
  const [asks, setAsks] = useState(false);
  const administers = actor.role === 'administrator';
  return (
    <section class="past-one">
      <SectionHead title={one.room ?? t(`past.source.${one.source}`)} aside={span(one, words)} />
      {one.state !== 'whole' && <p><State kind={one.state === 'coming' ? 'doing' : 'quiet'}>{t(`past.state.${one.state === 'coming' ? 'coming' : 'stopped'}`)}</State></p>}
      <Facts facts={[
        { term: t('past.count'), is: t('past.linesN', { n: one.lines.toLocaleString('en') }) },
        { term: t('past.broughtBy'), is: t('past.byWhen', { name: one.byName, time: moment(one.at) }) },
        { term: t('past.file'), is: one.file ? <a href={`/files/${one.file.id}`} download={one.name}>{one.name}</a> : one.name },
        ...(administers && one.file ? [{ term: t('past.fingerprint'), is: <code class="past-code">{one.file.sha256}</code> }] : []),
      ]} />
      <div class="row">
        <Button icon="eye" href={`/past/${room}/${one.id}`}>{t('past.readThis')}</Button>
        {administers && one.state === 'coming' && <Button icon="save" href={`/past?place=${room}`}>{t('past.goOnWith')}</Button>}
        {administers && <Button kind="quiet" class="danger" onClick={() => setAsks(true)}>{t('past.takeBack')}</Button>}
      </div>
      {asks && <TakeBack room={room} one={one} onClose={() => setAsks(false)} />}
    </section>
  );
}

function TakeBack({ room, one, onClose }: { room: string; one: Shown; onClose: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const go = async (): Promise<void> => {
    setTried(true);
    if (why.trim() && (await sending.send(takeBackImport, { place: room, past: one.id, why: why.trim() }))) onClose();
  };
  return (
    <Sheet title={t('past.takeBackAsk', { name: one.name })} closeLabel={t('app.close')} onClose={onClose}
      foot={<>{sending.trouble && <FieldError>{sending.trouble}</FieldError>}<Button kind="main" wide busy={sending.busy ? t('past.sending') : undefined} onClick={() => void go()}>{t('past.takeBack')}</Button></>}>
      <div class="form">
        <p>{t('past.takeBackSays')}</p>
        <Field label={t('past.why')} error={tried && !why.trim() ? t('past.whyMissing') : undefined}>{(wiring) => <input {...wiring} value={why} maxLength={200} onInput={(event) => setWhy(event.currentTarget.value)} />}</Field>
      </div>
    </Sheet>
  );
}
