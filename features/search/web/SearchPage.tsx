import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Finds, Shelf } from '@noroshi/foundations/found';
import type { Member } from '@noroshi/foundations/sync';
import { Bar, Button, EmptyNote, Field, Icon, Loading, Mark, Page, SectionHead, Tag, type IconName } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Excerpt } from '../fold.ts';
import type { Shelved, Wanted } from './hit.ts';
import { searchHere } from './search-here.ts';
import { namesHere, rowsOf, type Row } from './shown.ts';
import './search.css';

type Shelf_ = Omit<Shelved, 'hits'> & { readonly rows: readonly Row[] };
interface Found { readonly shelves: readonly Shelf_[]; readonly here: boolean }

const dayMs = 86_400_000;
/** A day as the browser's own field gives it, at the prefecture's clock. */
const dayStart = (day: string): number | undefined => (day ? Date.parse(`${day}T00:00:00+09:00`) : undefined);
const icons: Readonly<Record<Shelf, IconName>> = {
  message: 'talk', request: 'people', damage: 'flag', chronology: 'clock', board: 'board', incident: 'triangle', organization: 'home', person: 'people', file: 'doc', room: 'talk', calendar: 'calendar', past: 'doc',
};

let made: { readonly of: readonly Finds[]; readonly page: { default: () => ReturnType<typeof SearchPage> } } | undefined;
/** The page over what the rooms of the house let people find: one and the same page for the same. */
export function searchPage({ found }: { readonly found: readonly Finds[] }): { default: () => ReturnType<typeof SearchPage> } {
  if (made?.of !== found) made = { of: found, page: { default: () => <SearchPage found={found} /> } };
  return made.page;
}

/** Finds what there is, in everything one may see. */
function SearchPage({ found: finds }: { found: readonly Finds[] }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const line = useLine();
  const [text, setText] = useState(route.search.get('q') ?? '');
  /** Of it, what is looked for: what is being composed is not, before it is there. */
  const [sought, seek] = useState(text);
  const [shelf, setShelf] = useState<Shelf>();
  const [room, setRoom] = useState(route.search.get('room') ?? '');
  const [by, setBy] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [found, setFound] = useState<Found | 'asking'>();
  const [trouble, setTrouble] = useState<string>();
  const asked = useRef(0);
  const heading = useRef<HTMLDivElement>(null);

  const rooms = useLive(async (s) => (await s.replica.all<Room>(roomNoun.noun)).map((d) => d.value).filter(({ kind }) => kind !== 'board')) ?? [];
  const members = useLive(async (s) => (await s.replica.all<Member>('member')).map((d) => d.value)) ?? [];
  const people = [...new Map(members.map((m) => [m.person, m.card])).entries()].toSorted((a, b) => a[1].rank - b[1].rank);

  const ask = async (before?: Row): Promise<void> => {
    const wanted: Wanted = { text: sought.trim(), shelf, room: room || undefined, by: by || undefined, from: dayStart(from), until: until ? dayStart(until)! + dayMs : undefined };
    const turn = ++asked.current;
    setTrouble(undefined);
    if (!wanted.text) return setFound(undefined);
    if (!before) setFound('asking');
    const names = await namesHere(stair, words);
    const take = async (told: readonly Shelved[], here: boolean): Promise<void> => {
      const shelves = await Promise.all(told.map(async ({ hits, ...one }) => ({ ...one, rows: await rowsOf(stair, finds, hits, words, names) })));
      if (turn !== asked.current) return;
      setFound((now) => {
        const [was, more] = [before && now && now !== 'asking' ? now.shelves[0] : undefined, shelves[0]];
        return was && more ? { here, shelves: [{ ...was, rows: [...was.rows, ...more.rows], count: Math.max(was.count, was.rows.length + more.rows.length), more: more.more }] } : { here, shelves };
      });
    };
    const here = async (): Promise<void> => take(await searchHere(stair, finds, wanted, words, names), true);
    if (line.state !== 'open') return here();
    try {
      const answer = await fetch('/api/search.find', {
        method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...wanted, ...(before ? { before: { at: before.at ?? 0, id: before.id } } : {}) }),
      });
      const told = (await answer.json()) as { shelves: Shelved[] } & { code?: string; params?: Record<string, string | number> };
      if (turn !== asked.current) return;
      if (!answer.ok) {
        setFound(undefined);
        return setTrouble(words.refusal(told.code ?? '', told.params));
      }
      await take(told.shelves, false);
    } catch {
      await here();
    }
  };

  useEffect(() => {
    const timer = setTimeout(() => void ask(), 250);
    return () => clearTimeout(timer);
    // What was looked for here alone is looked for everywhere when there is a line.
  }, [sought, shelf, room, by, from, until, line.state === 'open']);

  const choose = (one: Shelf | undefined): void => {
    setShelf(one);
    // What stood there is of another question: whoever went on from it before the answer came would be overtaken by it.
    setFound('asking');
    // Whoever pressed what is gone now goes on at what came in its place.
    heading.current?.focus();
  };
  const there = found && found !== 'asking' ? found : undefined;
  const count = there?.shelves.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const says = (n: number, more: boolean): string => t(more ? 'search.countMore' : 'search.count', { n });
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('search.title')} back={{ label: t('app.back'), href: '/', phoneOnly: true }} />{frame.bands}</>}>
      <form role="search" class="form" onSubmit={(e) => { e.preventDefault(); void ask(); }}>
        <Field label={t('search.words')} hint={t('search.hint')} error={trouble}>
          {(wiring) => (
            <input
              {...wiring} class="input" type="search" value={text} maxLength={200} autocomplete="off" enterkeyhint="search" autofocus
              onCompositionEnd={(e) => { setText(e.currentTarget.value); seek(e.currentTarget.value); }}
              onInput={(e) => {
                // Kept also while it is composed: a screen that is drawn anew meanwhile would take it out of the field.
                setText(e.currentTarget.value);
                if (!(e as InputEvent).isComposing) seek(e.currentTarget.value);
              }}
            />
          )}
        </Field>
        <details>
          <summary>{t('search.narrow')}</summary>
          <div class="form">
            <Field label={t('search.room')}>{(w) => (
              <select {...w} class="input" value={room} onChange={(e) => setRoom(e.currentTarget.value)}>
                <option value="">{t('search.everyRoom')}</option>
                {rooms.map((r) => <option key={r.id} value={r.id}>{r.name}</option>)}
              </select>
            )}</Field>
            <Field label={t('search.person')}>{(w) => (
              <select {...w} class="input" value={by} onChange={(e) => setBy(e.currentTarget.value)}>
                <option value="">{t('search.everyone')}</option>
                {people.map(([id, card]) => <option key={id} value={id}>{`${card.orgName} ${card.name}`}</option>)}
              </select>
            )}</Field>
            <div class="halves">
              <Field label={t('search.from')}>{(w) => <input {...w} class="input" type="date" value={from} onChange={(e) => setFrom(e.currentTarget.value)} />}</Field>
              <Field label={t('search.until')}>{(w) => <input {...w} class="input" type="date" value={until} onChange={(e) => setUntil(e.currentTarget.value)} />}</Field>
            </div>
          </div>
        </details>
        {shelf && <Button icon="back" onClick={() => choose(undefined)}>{t('search.allShelves')}</Button>}
      </form>
      <div aria-live="polite" tabIndex={-1} ref={heading}>
        {found === 'asking' && <Loading>{t('search.asking')}</Loading>}
        {there && <p class="sub">{there.here ? t('search.here', { n: count }) : t(there.shelves.some(({ more }) => more) ? 'search.foundMore' : 'search.found', { n: count })}</p>}
      </div>
      {there && count === 0 && <EmptyNote>{t('search.none')}</EmptyNote>}
      {there?.shelves.filter(({ rows }) => rows.length > 0).map((one) => (
        <section key={one.shelf} aria-labelledby={`shelf-${one.shelf}`}>
          <SectionHead id={`shelf-${one.shelf}`} title={t(`search.shelf.${one.shelf}`)} aside={says(one.count, one.more)}
            action={!shelf && (one.more || one.count > one.rows.length) && <Button low onClick={() => choose(one.shelf)}>{t('search.wholeShelf')}<span class="sr">{t(`search.shelf.${one.shelf}`)}</span></Button>} />
          <ul class="plain">
            {one.rows.map((row) => <li key={row.id}><HitRow shelf={one.shelf} row={row} card={members.find((m) => m.person === row.by)?.card} room={rooms.find((r) => r.id === row.room)?.name ?? ''} /></li>)}
          </ul>
          {shelf && !there.here && (one.more || one.count > one.rows.length) && <Button wide onClick={() => void ask(one.rows.at(-1))}>{t('search.more')}</Button>}
        </section>
      ))}
    </Page>
  );
}

function HitRow({ shelf, row: { room: where, id, at, excerpt, shown }, card, room }: { shelf: Shelf; row: Row; card: Member['card'] | undefined; room: string }) {
  const { t, moment, beside } = useWords();
  const isSaid = shelf === 'message';
  const href = isSaid ? `/talk/${where}?m=${id}` : shown?.href;
  const about = beside([room, at !== undefined && moment(at), !isSaid && card?.name]);
  const row = (
    <>
      <Mark>{isSaid ? (card?.mark ?? '') : <Icon name={icons[shelf]} />}</Mark>
      <span class="grow search-hit">
        {shown?.drill && <Tag kind="drill">{t('home.drill')}</Tag>} <b>{isSaid ? (card?.name ?? '') : (shown?.title ?? t(`search.shelf.${shelf}`))}</b>
        {about && <span class="sub">{about}</span>}
        {excerpt.text !== shown?.title && <span class="found"><Marked excerpt={excerpt} /></span>}
      </span>
    </>
  );
  return href ? <a class="room" href={href}>{row}</a> : <div class="room">{row}</div>;
}

/** The words found, marked. */
function Marked({ excerpt: { text, marks } }: { excerpt: Excerpt }) {
  const parts = marks.flatMap(([from, to], i) => [text.slice(marks[i - 1]?.[1] ?? 0, from), <mark key={from}>{text.slice(from, to)}</mark>]);
  return <>{parts}{text.slice(marks.at(-1)?.[1] ?? 0)}</>;
}
