import { room as roomNoun, type Room } from '@noroshi/features/talk';
import type { Member } from '@noroshi/foundations/sync';
import { Bar, Button, EmptyNote, Field, Loading, Mark, Page } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Excerpt } from '../fold.ts';
import type { Hit } from './hit.ts';
import { searchHere } from './search-here.ts';

interface Found { readonly hits: readonly Hit[]; readonly more: boolean; readonly here: boolean }

const dayMs = 86_400_000;
/** A day as the browser's own field gives it, at the prefecture's clock. */
const dayStart = (day: string): number | undefined => (day ? Date.parse(`${day}T00:00:00+09:00`) : undefined);

/** Finds what was said, in everything one may see. */
export function SearchPage() {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const route = useRoute();
  const stair = useStair();
  const line = useLine();
  const [text, setText] = useState(route.search.get('q') ?? '');
  const [room, setRoom] = useState(route.search.get('room') ?? '');
  const [by, setBy] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [found, setFound] = useState<Found | 'asking'>();
  const [trouble, setTrouble] = useState<string>();
  const composing = useRef(false);
  const asked = useRef(0);

  const rooms = useLive(async (s) => (await s.replica.all<Room>(roomNoun.noun)).map((d) => d.value).filter(({ kind }) => kind !== 'board')) ?? [];
  const members = useLive(async (s) => (await s.replica.all<Member>('member')).map((d) => d.value)) ?? [];
  const people = [...new Map(members.map((m) => [m.person, m.card])).entries()].toSorted((a, b) => a[1].rank - b[1].rank);

  const ask = async (before?: Hit): Promise<void> => {
    const wanted = { text: text.trim(), room: room || undefined, by: by || undefined, from: dayStart(from), until: until ? dayStart(until)! + dayMs : undefined };
    const turn = ++asked.current;
    setTrouble(undefined);
    if (!wanted.text) return setFound(undefined);
    if (!before) setFound('asking');
    const here = async (): Promise<void> => {
      const hits = await searchHere(stair, wanted);
      if (turn === asked.current) setFound({ hits, more: false, here: true });
    };
    if (line.state !== 'open') return here();
    try {
      const answer = await fetch('/api/search.find', {
        method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...wanted, ...(before ? { before: { at: before.at, id: before.id } } : {}) }),
      });
      const told = (await answer.json()) as { hits: Hit[]; more: boolean } & { code?: string; params?: Record<string, string | number> };
      if (turn !== asked.current) return;
      if (!answer.ok) {
        setFound(undefined);
        return setTrouble(words.refusal(told.code ?? '', told.params));
      }
      setFound((now) => ({ hits: before && now && now !== 'asking' ? [...now.hits, ...told.hits] : told.hits, more: told.more, here: false }));
    } catch {
      await here();
    }
  };

  useEffect(() => {
    if (composing.current) return;
    const timer = setTimeout(() => void ask(), 250);
    return () => clearTimeout(timer);
    // What was looked for here alone is looked for everywhere when there is a line.
  }, [text, room, by, from, until, line.state === 'open']);

  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('search.title')} back={{ label: t('app.back'), href: '/', phoneOnly: true }} />{frame.bands}</>}>
      <form role="search" class="form" onSubmit={(e) => { e.preventDefault(); void ask(); }}>
        <Field label={t('search.words')} hint={t('search.hint')} error={trouble}>
          {(wiring) => (
            <input
              {...wiring} class="input" type="search" value={text} maxLength={200} autocomplete="off" enterkeyhint="search" autofocus
              onCompositionStart={() => { composing.current = true; }}
              onCompositionEnd={(e) => { composing.current = false; setText(e.currentTarget.value); }}
              onInput={(e) => { if (!composing.current) setText(e.currentTarget.value); }}
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
      </form>
      <div aria-live="polite">
        {found === 'asking' && <Loading>{t('search.asking')}</Loading>}
        {found && found !== 'asking' && <p class="sub">{found.here ? t('search.here', { n: found.hits.length }) : t(found.more ? 'search.foundMore' : 'search.found', { n: found.hits.length })}</p>}
      </div>
      {found && found !== 'asking' && found.hits.length === 0 && <EmptyNote>{t('search.none')}</EmptyNote>}
      {found && found !== 'asking' && found.hits.length > 0 && (
        <ul class="plain">
          {found.hits.map((hit) => <li key={hit.id}><HitRow hit={hit} card={members.find((m) => m.person === hit.by)?.card} room={rooms.find((r) => r.id === hit.room)?.name ?? ''} /></li>)}
        </ul>
      )}
      {found && found !== 'asking' && found.more && <Button wide onClick={() => void ask(found.hits.at(-1))}>{t('search.more')}</Button>}
    </Page>
  );
}

function HitRow({ hit, card, room }: { hit: Hit; card: Member['card'] | undefined; room: string }) {
  const { moment } = useWords();
  return (
    <a class="room" href={`/talk/${hit.room}?m=${hit.id}`}>
      <Mark>{card?.mark ?? ''}</Mark>
      <span class="grow">
        <b>{card?.name ?? ''}</b>
        <span class="sub">{room}・{moment(hit.at)}</span>
        <span class="found"><Marked excerpt={hit.excerpt} /></span>
      </span>
    </a>
  );
}

/** The words found, marked. */
function Marked({ excerpt: { text, marks } }: { excerpt: Excerpt }) {
  const parts = marks.flatMap(([from, to], i) => [text.slice(marks[i - 1]?.[1] ?? 0, from), <mark key={from}>{text.slice(from, to)}</mark>]);
  return <>{parts}{text.slice(marks.at(-1)?.[1] ?? 0)}</>;
}
