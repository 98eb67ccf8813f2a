import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { incident, type Incident } from '@noroshi/features/incident';
import { room, type Room } from '@noroshi/features/talk';
import type { Key } from '@noroshi/foundations/i18n';
import { systemPerson, type Id } from '@noroshi/foundations/kernel';
import { Bar, Button, EmptyNote, Field, Icon, Loading, Page, Tag } from '@noroshi/foundations/ui';
import { ask, useAsked, useFrame, useLive, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { findAudit, groups, type AuditFilter, type AuditLine, type Group } from '../audit.ts';
import { detailOf } from '../audit-words.ts';
import { useDated } from './use-dated.ts';
import './keeping.css';

/** 監査: who came in, looked, took out or tended what. For administrators. */
export default function AuditPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('audit.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {actor.role === 'administrator' ? <Audit /> : <EmptyNote>{t('refusal.keeping.notAllowed')}</EmptyNote>}
    </Page>
  );
}

/** A day as the browser's own field gives it, at the prefecture's clock. */
const dayStart = (day: string): number | undefined => (day === '' ? undefined : Date.parse(`${day}T00:00:00+09:00`));
const dayMs = 24 * 60 * 60_000;

function Audit() {
  const { t, refusal, language } = useWords();
  const [group, setGroup] = useState<Group>('all');
  const [who, setWho] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState<AuditFilter>({});
  const people = useLive(async ({ replica }) => (await replica.all<Person>(person.noun)).map(({ value }) => value).toSorted((a, b) => a.kana.localeCompare(b.kana, 'ja')));
  const end = dayStart(until);
  const given = (of: Group): AuditFilter => JSON.parse(JSON.stringify({ group: of === 'all' ? undefined : of, person: who || undefined, from: dayStart(from), until: end === undefined ? undefined : end + dayMs, words: words.trim() || undefined })) as AuditFilter;
  const query = new URLSearchParams(Object.entries({ ...asked, lang: language }).map(([name, value]) => [name, String(value)]));
  const { told } = useAsked(findAudit, asked);
  return (
    <>
      <p>{t('audit.says')}</p>
      <form class="audit-filter" onSubmit={(event) => { event.preventDefault(); setAsked(given(group)); }}>
        <Field label={t('audit.group')}>{(wiring) => (
          <select {...wiring} value={group} onChange={(event) => {
            const value = event.currentTarget.value as Group;
            setGroup(value);
            setAsked(given(value));
          }}>{groups.map((value) => <option key={value} value={value}>{t(`audit.group.${value}`)}</option>)}</select>
        )}</Field>
        <Field label={t('audit.words')} hint={t('audit.wordsHint')}>{(wiring) => <input {...wiring} type="search" maxLength={100} value={words} onInput={(event) => setWords(event.currentTarget.value)} onKeyDown={(event) => { if (event.isComposing || event.keyCode === 229) event.preventDefault(); }} />}</Field>
        <details>
          <summary>{t('audit.narrow')}</summary>
          <Field label={t('audit.person')}>{(wiring) => (
            <select {...wiring} value={who} onChange={(event) => setWho(event.currentTarget.value)}>
              <option value="">{t('audit.everyone')}</option>
              {people?.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          )}</Field>
          <div class="halves">
            <Field label={t('audit.from')}>{(wiring) => <input {...wiring} type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}</Field>
            <Field label={t('audit.until')}>{(wiring) => <input {...wiring} type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />}</Field>
          </div>
        </details>
        <button type="submit" class="btn"><Icon name="search" />{t('audit.find')}</button>
      </form>
      {told && !told.ok ? <EmptyNote>{told.code === 'line.away' ? t('keeping.needsLine') : refusal(told.code, told.params)}</EmptyNote>
        : !told ? <Loading>{t('app.loading')}</Loading>
          : <Lines key={JSON.stringify(told.value.lines[0] ?? asked)} filter={asked} first={told.value} />}
      <a class="btn" href={`/documents/audit.csv?${query}`} download><Icon name="save" />{t('audit.csv')}</a>
    </>
  );
}

type Found = { readonly lines: readonly AuditLine[]; readonly more?: { at: number; stream: number; seq: number } | undefined };

function Lines({ filter, first }: { filter: AuditFilter; first: Found }) {
  const spoken = useWords();
  const { t } = spoken;
  const { dated } = useDated();
  const [pages, setPages] = useState<readonly Found[]>([]);
  const [busy, setBusy] = useState(false);
  const there = useRef(true);
  useEffect(() => () => { there.current = false; }, []);
  const names = useLive(async ({ replica }) => new Map<Id, string>([
    ...(await replica.all<Person>(person.noun)).map(({ value: { id, name } }) => [id, name] as const),
    ...(await replica.all<Organization>(organization.noun)).map(({ value: { id, name } }) => [id, name] as const),
    ...(await replica.all<Room>(room.noun)).map(({ value: { id, name } }) => [id, name] as const),
    ...(await replica.all<Incident>(incident.noun)).map(({ value: { id, name } }) => [id, name] as const),
  ]));
  const all = [first, ...pages];
  const { more } = all.at(-1)!;
  const lines = all.flatMap((one) => one.lines);
  const next = async (): Promise<void> => {
    setBusy(true);
    const answer = await ask(findAudit, { ...filter, ...(more ? { before: more } : {}) });
    if (!there.current) return;
    setBusy(false);
    if (answer.ok) setPages([...pages, answer.value]);
  };
  if (lines.length === 0) return <EmptyNote>{t('audit.none')}</EmptyNote>;
  return (
    <>
      <ul class="keeping-list">
        {lines.map((line, i) => {
          const detail = detailOf(line, spoken);
          const of = line.of.filter((id) => id !== line.by).flatMap((id) => names?.get(id) ?? []).join(t('talk.and'));
          return (
            <li key={i}>
              <p>{line.drill && <><Tag kind="drill">{t('home.drill')}</Tag> </>}{line.off && <><Tag>{t('audit.off.line')}</Tag> </>}<b>{t(`audit.kind.${line.kind}` as Key)}</b>{of && <>　{of}</>}{detail && <><br />{detail}</>}</p>
              <p class="sub">{line.by === systemPerson ? t('audit.system') : [names?.get(line.org), names?.get(line.by)].filter(Boolean).join(' ')}　<time>{dated(line.at)}</time>{line.device && <>　{line.device}</>}{line.address && <>　{line.address}</>}{line.told !== undefined && <>　{t('audit.toldAt', { time: dated(line.told) })}</>}</p>
            </li>
          );
        })}
      </ul>
      {more && <Button wide busy={busy ? t('app.loading') : undefined} onClick={() => void next()}>{t('audit.more')}</Button>}
    </>
  );
}
