import { useNames } from '@noroshi/features/directory/web';
import { blackedSays } from '@noroshi/foundations/redacts';
import { Bar, Button, DayLine, EmptyNote, Field, FieldError, Loading, Page, Tag } from '@noroshi/foundations/ui';
import { ask, useFrame, useLine, useLive, useRoute, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { fromLocal } from '@noroshi/foundations/kernel';
import type { Key } from '@noroshi/foundations/i18n';
import type * as z from 'zod/mini';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageId, pastPage } from '../page.ts';
import { readPage } from '../questions.ts';
import { readImports, type Shown } from './known.ts';
import { wholeDay } from './says.ts';

type Read = z.output<typeof readPage.output>;
type Line = Read['lines'][number];
type Mark = Read['marks'][number];

/** A page of what was said before, with its own times and names. It is read from the server: no device holds it. */
export function ReadingPage({ room, past }: { room: string; past: string }) {
  const { t } = useWords();
  const frame = useFrame();
  const known = useLive((stair) => readImports(stair, room), [room]);
  const one = known?.all.find(({ id }) => id === past);
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={one?.room ?? t('past.title')} subtitle={known?.name} back={{ label: t('app.back'), href: `/past/${room}` }} />{frame.bands}</>}>
      {known === undefined ? <Loading>{t('app.loading')}</Loading> : one ? <Reading room={room} one={one} /> : <WhenWhole><EmptyNote>{t('refusal.past.notFound')}</EmptyNote></WhenWhole>}
    </Page>
  );
}

function Reading({ room, one }: { room: string; one: Shown }) {
  const words = useWords();
  const { t, moment, refusal } = words;
  const route = useRoute();
  const { actor } = useStair();
  const online = useLine().state === 'open';
  const mayAsk = actor.role === 'administrator';
  const [read, set] = useState<Read>();
  const [trouble, setTrouble] = useState<string>();
  const [choosing, choose] = useState(false);
  const wanted = Number(route.search.get('page') ?? 0);
  const line = route.search.get('line');
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!online) return;
    void ask(readPage, { place: room, past: one.id, page: wanted }).then((told) => {
      setTrouble(told.ok ? undefined : refusal(told.code, told.params));
      if (told.ok) set(told.value);
    });
  }, [online, wanted, one.id]);
  useEffect(() => {
    const found = line ? document.getElementById(`past-${line}`) : undefined;
    (found ?? top.current)?.scrollIntoView({ block: found ? 'center' : 'nearest' });
  }, [read?.page, line]);
  const turnTo = (page: number): void => route.go(`/past/${room}/${one.id}?page=${page}`, { replace: true });
  const jump = async (day: string): Promise<void> => {
    const at = fromLocal(`${day}T23:59`);
    const told = at === undefined ? undefined : await ask(readPage, { place: room, past: one.id, at });
    if (told?.ok) turnTo(told.value.page);
  };
  return (
    <>
      <div ref={top} class="past-from"><Tag>{t('past.tag')}</Tag> <p>{t('past.from', { name: one.name, by: one.byName, time: moment(one.at) })}</p></div>
      {trouble && <FieldError>{trouble}</FieldError>}
      {!read && !trouble && (online ? <Loading>{t('past.reading')}</Loading> : <EmptyNote>{t('past.needsLine')}</EmptyNote>)}
      {read && <>
        <Turn read={read} turnTo={turnTo}><Field label={t('past.jump')}>{(wiring) => <input {...wiring} type="date" disabled={!online} min={dayOf(one.from)} max={dayOf(one.to)} onChange={(event) => void jump(event.currentTarget.value)} />}</Field></Turn>
        {read.lines.length === 0 && <EmptyNote>{t('past.notCome')}</EmptyNote>}
        <ol class="past-lines">{read.lines.map((said, i) => <Row key={said.id} said={said} before={read.lines[i - 1]} marks={read.marks.filter((mark) => (mark.said ?? said.id) === said.id)} found={said.id === line} {...(mayAsk && (choosing || said.id === line) && said.text !== undefined ? { redact: `/keeping?room=${room}&noun=${pastPage.noun}&id=${pageId(one.id, read.page)}&said=${said.id}` } : {})} />)}</ol>
        <Turn read={read} turnTo={turnTo} />
        {mayAsk && <Button wide icon="square" pressed={choosing} onClick={() => choose(!choosing)}>{t(choosing ? 'past.chooseNone' : 'past.chooseLine')}</Button>}
      </>}
    </>
  );
}

const dayOf = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);

/** One page back and one on, and where one is. */
function Turn({ read: { page, pages }, turnTo, children }: { read: Read; turnTo: (page: number) => void; children?: preact.ComponentChildren }) {
  const { t } = useWords();
  return (
    <nav class="past-turn" aria-label={t('past.pages')}>
      <Button low icon="back" disabled={page === 0} onClick={() => turnTo(page - 1)}>{t('past.earlier')}</Button>
      <span>{t('past.pageOf', { n: page + 1, of: Math.max(pages, page + 1) })}</span>
      <Button low disabled={page + 1 >= pages} onClick={() => turnTo(page + 1)}>{t('past.later')}</Button>
      {children}
    </nav>
  );
}

function Row({ said, before, found, marks, redact }: { said: Line; before: Line | undefined; found: boolean; marks: readonly Mark[]; redact?: string }) {
  const words = useWords();
  const { t, time } = words;
  const { id, at, who, kind, text, title, comments } = said;
  const isNew = before === undefined || words.dayNumber(before.at) !== words.dayNumber(at);
  const isNameOnly = kind !== 'text' && kind !== 'note' && kind !== 'post';
  return (
    <li id={`past-${id}`} class={found ? 'found' : undefined}>
      {isNew && <DayLine>{wholeDay(at, words)}</DayLine>}
      <p class="past-who"><b>{who}</b> <time>{time(at)}</time></p>
      {text === undefined ? <Gone marks={marks} /> : <>
        {title && <p class="past-title">{title}</p>}
        {text && <p class="past-words">{text}</p>}
        {isNameOnly && <p class="sub">{t(`past.only.${kind}` as Key)}</p>}
        {comments && <><p class="sub">{t('past.comments')}</p><p class="past-words">{comments}</p></>}
      </>}
      {redact && <Button low icon="square" href={redact}>{t('keeping.redact')}<span class="sr">{`${who} ${time(at)}`}</span></Button>}
    </li>
  );
}

/** What stands where the words stood: which, why, which two agreed, when. */
function Gone({ marks }: { marks: readonly Mark[] }) {
  const words = useWords();
  const nameOf = useNames();
  if (marks.length === 0) return <p><Tag>{words.t('past.blacked')}</Tag></p>;
  return <p class="sub">{blackedSays(marks.map(({ first, second, ...mark }) => ({ ...mark, by: [first, second], parts: ['text'] })), words, nameOf)}</p>;
}
