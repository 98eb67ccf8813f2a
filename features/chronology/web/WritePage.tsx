import { Bar, Button, Chips, DrillFrame, DrillWord, EmptyNote, Field, FieldError, Loading, Page } from '@noroshi/foundations/ui';
import { chronicleKinds, type ChronicleKind } from '@noroshi/foundations/chronicled';
import { fromLocal, toLocal, type Id } from '@noroshi/foundations/kernel';
import { canBeOf, incidentSays, type Incident } from '@noroshi/features/incident';
import { message as messageNoun, noWords, room as roomNoun, together, type Along, type Brought, type Message, type Room } from '@noroshi/features/talk';
import { oneLine, wordsBegun, wordsTaken } from '@noroshi/features/talk/web';
import { useFrame, useLine, useLive, useRoute, useSending, useStair, useWords, WhenWhole } from '@noroshi/foundations/web';
import { useEffect, useRef, useState } from 'preact/hooks';
import { enter, type Said } from '../enter.ts';
import { channels, longestContent, type Channel, type Entry } from '../entry.ts';
import type { Instruction } from '../instruction.ts';
import { mayOrder, mayRecord } from '../may-record.ts';
import { isNonsense, timeDoubt } from '../time-doubt.ts';
import { readAround, readEntries, type Around } from './known.ts';
import './chronology.css';

/** What is written and not sent: it stays on this device. Times as their field holds them. */
interface Draft {
  readonly incident: Id;
  readonly kind: ChronicleKind;
  readonly content: string;
  readonly on: string;
  /** The moment it began with: what nobody has changed keeps its seconds, by which it stands in its place. */
  readonly exact: number;
  readonly from: string;
  readonly to: string;
  readonly channel: Channel;
  readonly place: string;
  readonly unit: string;
  readonly town: string;
  readonly owner: string;
  readonly person: string;
  readonly due: string;
  readonly along?: Along | undefined;
}

const empty = { content: '', from: '', to: '', place: '', unit: '', town: '', owner: '', person: '', due: '', kind: 'report', channel: 'phone' } as const;

const ofSaid = ({ incident, kind, content, on, from = '', to = '', channel, place = '', unit = '', town = '' }: Pick<Said, 'incident' | 'kind' | 'content' | 'on' | 'from' | 'to' | 'channel' | 'place' | 'unit' | 'town'>, order?: Pick<Instruction, 'owner' | 'person' | 'due'>): Draft =>
  ({ incident, kind, content, on: toLocal(on), exact: on, from, to, channel, place, unit, town, owner: order?.owner ?? '', person: order?.person ?? '', due: toLocal(order?.due) });

/** What is written about, and what it begins with. */
interface Begun {
  readonly around: Around;
  /** Where the draft of it lies. */
  readonly place: string;
  readonly begins: Omit<Draft, 'incident'> & { readonly incident?: Id };
  readonly draft: Draft | undefined;
  readonly source: Said['source'];
  readonly quoted: Message | undefined;
  /** The talk that one comes from, and what came along. */
  readonly room: Room | undefined;
  readonly brought: Brought;
  readonly old: Entry | undefined;
}

/** 記録する: by hand, from a message of the talk, or in the place of an older entry. */
export default function WritePage() {
  const words = useWords();
  const { t, language } = words;
  const frame = useFrame();
  const { actor } = useStair();
  const { search } = useRoute();
  const [room, message, again, corrects, wanted] = ['room', 'message', 'again', 'corrects', 'incident'].map((name) => search.get(name) ?? undefined);
  const begun = useLive(async (stair): Promise<Begun> => {
    const around = await readAround(stair, language, wanted);
    const refused = again ? ((await stair.replica.outbox.item.where('id').equals(again).first())?.input as Said | undefined) : undefined;
    const source = refused ? refused.source : room && message ? { room, message } : undefined;
    const talk = source?.room ?? room;
    const place = `chronology/${again ?? corrects ?? message ?? room ?? 'new'}`;
    const kept = await stair.replica.outbox.draft.get(place);
    const draft = kept && (JSON.parse(kept.text) as Draft);
    const [book, quoted, where, brought] = await Promise.all([
      readEntries(stair), source && stair.replica.get<Message>(messageNoun.noun, source.message), talk ? stair.replica.get<Room>(roomNoun.noun, talk) : undefined, room && search.has('words') ? wordsBegun(stair, room, [draft?.along]) : noWords,
    ]);
    const old = book.entries.find(({ id }) => id === (refused?.corrects ?? corrects));
    const now = stair.now();
    const begins = refused ? ofSaid(refused, refused.order)
      : old ? { ...ofSaid(old, book.instructions.get(old.id)) }
        : quoted ? {
          ...empty, channel: 'talk' as const, on: toLocal(quoted.at), exact: quoted.at, content: (quoted.text ?? oneLine(quoted, words)).slice(0, longestContent), place: quoted.place?.name.slice(0, 100) ?? '',
          from: [around.names.org(quoted.org), around.names.person(quoted.by)].filter(Boolean).join(' '), town: quoted.org,
        }
          : { ...empty, on: toLocal(now), exact: now, ...(wanted ? { incident: wanted } : {}), ...(brought.words ? { content: brought.words.slice(0, longestContent), channel: 'talk' as const, from: [around.names.org(actor.org), around.names.person(actor.person)].filter(Boolean).join(' ') } : {}) };
    return { around, place, begins, draft, source: source ?? old?.source, quoted: quoted ?? undefined, room: where ?? undefined, brought, old };
  }, [room, message, again, corrects, wanted, language]);
  // In the twin room of a drill nothing can be said for a real disaster, and in no other for a drill.
  const incidents = begun?.around.incidents.filter((one) => mayRecord(actor, one).ok && (begun.old ? one.id === begun.old.incident
    : (one.closedAt === undefined || one.id === (begun.begins.incident ?? wanted)) && (!begun.room || canBeOf(one, begun.room)))) ?? [];
  if (!begun || incidents.length === 0) {
    return (
      <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('chronology.title')} back={{ label: t('app.back'), href: '/chronology', close: true }} />{frame.bands}</>}>
        {begun ? <WhenWhole><EmptyNote>{t('chronology.none')}</EmptyNote></WhenWhole> : <Loading>{t('app.loading')}</Loading>}
      </Page>
    );
  }
  return <Writing key={begun.place} begun={begun} incidents={incidents} again={again} />;
}

function Writing({ begun, incidents, again }: { begun: Begun; incidents: readonly Incident[]; again: Id | undefined }) {
  const { around: { names, people, organizations }, place, source, quoted, room, old } = begun;
  const words = useWords();
  const { t, moment } = words;
  const frame = useFrame();
  const stair = useStair();
  const route = useRoute();
  const line = useLine();
  const sending = useSending();
  // What stands in the talk's composer later did not come along.
  const [brought] = useState(begun.brought);
  const [draft, set] = useState<Draft>(() => {
    const first = begun.draft ? { ...begun.draft, content: together(begun.draft.content, brought, longestContent) } : begun.begins;
    const along = room && brought.words ? { room: room.id, words: brought.words } : begun.draft?.along;
    return { ...first, along, incident: incidents.find(({ id }) => id === first.incident)?.id ?? incidents[0]!.id };
  });
  const [sure, makeSure] = useState(false);
  const [pressed, press] = useState(false);
  const [isOpen, open] = useState(Boolean(draft.place || draft.unit || old));
  const touched = useRef(false);
  const sent = useRef(false);
  const event = incidents.find(({ id }) => id === draft.incident) ?? incidents[0]!;
  const on = draft.on === toLocal(draft.exact) ? draft.exact : fromLocal(draft.on);
  const doubt = on === undefined ? undefined : timeDoubt(on, event.openedAt, stair.now());
  const isOrder = draft.kind === 'order';
  const owners = organizations.filter(({ id, kind }) => kind !== 'outside' && mayOrder(stair.actor, event, id));
  const due = draft.due === '' ? undefined : fromLocal(draft.due);

  useEffect(() => {
    if (touched.current && !sent.current) void stair.replica.outbox.draft.put({ place, text: JSON.stringify(draft), at: stair.now() });
  }, [draft]);

  const change = (part: Partial<Draft>): void => {
    touched.current = true;
    if (part.on !== undefined || part.incident !== undefined) makeSure(false);
    set((now) => ({ ...now, ...part }));
  };
  const text = (name: 'from' | 'to' | 'place' | 'unit', label: string) => (
    <Field label={label}>{(wiring) => <input {...wiring} maxLength={100} autocomplete="off" value={draft[name]} onInput={(e) => change({ [name]: e.currentTarget.value })} />}</Field>
  );
  const timeError = on === undefined ? t('chronology.wrong.time') : isNonsense(doubt) ? words.refusal(`chronology.${doubt}`) : undefined;
  const send = async (): Promise<void> => {
    press(true);
    if (draft.content.trim() === '' || on === undefined || isNonsense(doubt) || (doubt && !sure) || (isOrder && !draft.owner)) return;
    const told = await sending.send(enter, {
      incident: event.id, kind: draft.kind, on, content: draft.content, channel: draft.channel,
      ...Object.fromEntries((['from', 'to', 'place', 'unit'] as const).flatMap((name) => (draft[name].trim() ? [[name, draft[name]]] : []))),
      ...(draft.town ? { town: draft.town } : {}), ...(source && !old ? { source } : {}), ...(old ? { corrects: old.id } : {}), ...(sure ? { sure: true as const } : {}),
      ...(isOrder ? { order: { owner: draft.owner, ...(draft.person ? { person: draft.person } : {}), ...(due === undefined ? {} : { due }) } } : {}),
    });
    if (!told) return;
    sent.current = true;
    if (again) await stair.drop(again);
    await stair.replica.outbox.draft.delete(place);
    if (draft.along) await wordsTaken(stair, draft.along, [draft.content]);
    // What was made of a message is looked at; who writes by hand goes on with the list.
    route.go(source || old ? `/chronology/${event.id}/${told}` : `/chronology/${event.id}`, { replace: true });
  };

  const page = (
    <Page skipLabel={frame.skipLabel} content="form"
      head={<>
        <Bar back={{ label: t('chronology.leave'), close: true, href: old ? `/chronology/${event.id}/${old.id}` : source ? `/talk/${source.room}?m=${source.message}` : room ? `/talk/${room.id}` : `/chronology/${event.id}` }} title={<>{event.drill && <DrillWord>{t('app.drillMark')}</DrillWord>}{old ? t('chronology.correctTitle', { no: old.no }) : t('chronology.writeTitle')}</>} subtitle={event.name} />
        {line.state !== 'open' && frame.bands}
      </>}
      foot={<>
        {pressed && doubt && !isNonsense(doubt) && !sure && <FieldError>{t('chronology.askSays')}</FieldError>}
        {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
        <Button kind="main" wide icon="edit" busy={sending.busy ? t('request.sending') : undefined} onClick={send}>{t(line.state !== 'open' ? 'chronology.keep' : isOrder ? 'chronology.sendOrder' : 'chronology.send')}</Button>
      </>}>
      {incidents.length > 1 && <Chips legend={t('chronology.which')} value={event.id} onChange={(incident) => change({ incident })} choices={incidents.map((one) => ({ value: one.id, label: incidentSays(one, words), whole: true }))} />}
      {old && <p>{t('chronology.correcting', { no: old.no })}</p>}
      {source && <div><p class="field-label">{t('chronology.fromTalk')}</p>{quoted && <p class="quote">{oneLine(quoted, words)}</p>}<p class="hint">{t('chronology.fromTalkSays')}</p></div>}
      <Field label={t('chronology.content')} hint={t('chronology.contentSays')} error={pressed && draft.content.trim() === '' ? t('chronology.missing.content') : undefined}>{(wiring) => (
        <textarea {...wiring} maxLength={longestContent} value={draft.content} onInput={(e) => change({ content: e.currentTarget.value })} />
      )}</Field>
      <Chips legend={t('chronology.kind')} value={draft.kind} onChange={(kind) => change({ kind })} choices={chronicleKinds.map((kind) => ({ value: kind, label: t(`chronology.kind.${kind}`) }))} />
      {isOrder && (
        <section class="form chron-box">
          <Field label={t('chronology.owner')} error={pressed && !draft.owner ? t('chronology.missing.owner') : undefined}>{(wiring) => (
            <select {...wiring} value={draft.owner} onChange={(e) => change({ owner: e.currentTarget.value, person: '' })}>
              <option value="">{t('chronology.choose')}</option>
              {owners.map(({ id }) => <option key={id} value={id}>{names.org(id)}</option>)}
            </select>
          )}</Field>
          {draft.owner && (
            <Field label={t('chronology.ownerPerson')}>{(wiring) => (
              <select {...wiring} value={draft.person} onChange={(e) => change({ person: e.currentTarget.value })}>
                <option value="">{t('chronology.anyone')}</option>
                {people.filter((one) => one.org === draft.owner && !one.disabled && one.role !== 'guest').map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </select>
            )}</Field>
          )}
          <Field label={t('chronology.due')} hint={t('chronology.dueNone')}>{(wiring) => <input type="datetime-local" {...wiring} value={draft.due} onChange={(e) => change({ due: e.currentTarget.value })} />}</Field>
        </section>
      )}
      <Field label={t('chronology.on')} hint={t('chronology.onSays')} error={timeError}>{(wiring) => <input type="datetime-local" {...wiring} value={draft.on} onChange={(e) => change({ on: e.currentTarget.value })} />}</Field>
      {doubt && !isNonsense(doubt) && <label class="chron-check"><input type="checkbox" checked={sure} onChange={(e) => makeSure(e.currentTarget.checked)} /><span>{t(`chronology.ask.${doubt}`)}</span></label>}
      <div class="cols">{text('from', t('chronology.fromWhom'))}{text('to', t('chronology.toWhom'))}</div>
      <Field label={t('chronology.channel')}>{(wiring) => (
        <select {...wiring} value={draft.channel} onChange={(e) => change({ channel: channels.find((one) => one === e.currentTarget.value) ?? 'other' })}>
          {channels.map((one) => <option key={one} value={one}>{t(`chronology.channel.${one}`)}</option>)}
        </select>
      )}</Field>
      <details class="chron-more" open={isOpen} onToggle={(e) => open(e.currentTarget.open)}>
        <summary>{t('chronology.more')}</summary>
        <div class="form">
          <div class="cols">{text('place', t('chronology.place'))}{text('unit', t('chronology.unit'))}</div>
          <Field label={t('chronology.town')}>{(wiring) => (
            <select {...wiring} value={draft.town} onChange={(e) => change({ town: e.currentTarget.value })}>
              <option value="">{t('chronology.noTown')}</option>
              {organizations.map(({ id }) => <option key={id} value={id}>{names.org(id)}</option>)}
            </select>
          )}</Field>
        </div>
      </details>
      {old && <p class="sub">{t('chronology.enteredBy', { time: moment(old.at), who: [names.org(old.org), names.person(old.by)].filter(Boolean).join(' ') })}</p>}
    </Page>
  );
  return event.drill ? <DrillFrame band={t('incident.drillBand')}>{page}</DrillFrame> : page;
}
