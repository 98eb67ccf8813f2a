import { nameIn } from '@noroshi/features/directory';
import { Chips, ToggleChips } from '@noroshi/foundations/ui';
import { listed, type Words } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { currentStay, member, roomStream, type Member } from '@noroshi/foundations/sync';
import { useLive, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import type { Known } from './known.ts';

type Whose = 'hit' | 'room' | 'all' | 'some';
/** A talk whose people can be asked. */
export interface RoomToAsk { readonly id: Id; readonly name: string; readonly orgs: readonly Id[] }

/** Who is to be asked. */
export interface Whom {
  readonly orgs: readonly Id[];
  readonly room?: Id | undefined;
  /** How many people that is, as far as this device knows them; unknown until it has looked who sits in the talk. */
  readonly people: number | undefined;
  readonly many: boolean;
  readonly whose: Whose;
  readonly hit: readonly Id[];
  readonly rooms: readonly RoomToAsk[];
  readonly some: readonly Id[];
  readonly set: (more: { whose?: Whose; some?: readonly Id[]; room?: Id }) => void;
}

/**
 * @param hit who is hit, and those who lead: of them one has to know first
 * @param from the talk that one comes from: its people first
 */
export function useWhom(known: Known, hit: readonly Id[], rooms: readonly RoomToAsk[] = [], from?: Id): Whom {
  const [chosen, choose] = useState<{ whose?: Whose; some: readonly Id[]; room?: Id }>({ some: [], ...(from !== undefined && rooms.some(({ id }) => id === from) ? { whose: 'room', room: from } : {}) });
  const all = known.askable.map(({ id }) => id);
  const whose: Whose = chosen.whose ?? (hit.length > 0 ? 'hit' : 'all');
  const room = whose === 'room' ? rooms.find(({ id }) => id === chosen.room) : undefined;
  const orgs = whose === 'room' ? all.filter((id) => room?.orgs.includes(id)) : all.length === 1 || whose === 'all' ? all : whose === 'hit' ? hit : chosen.some;
  const seen = useLive(async ({ replica }) => (room ? { of: room.id, people: new Set((await replica.all<Member>(member.noun, roomStream(room.id))).map(({ value }) => value).filter(currentStay).map(({ person }) => person)) } : undefined), [room?.id]);
  // What was read of the talk that was chosen before says nothing of this one.
  const sitting = room && seen?.of === room.id ? seen.people : undefined;
  const people = room && !sitting ? undefined : known.people.filter((who) => orgs.includes(who.org) && !who.disabled && who.role !== 'guest' && (!sitting || sitting.has(who.id))).length;
  return { orgs, people, room: room?.id, many: all.length > 1 || rooms.length > 0, whose, hit, rooms, some: chosen.some, set: (more) => choose({ ...chosen, ...more }) };
}

/** What the button that asks them says: whom, and how many people that is, once it is known. */
export function asksSay({ orgs, people: n }: Whom, known: Known, { t }: Words): string {
  if (orgs.length === 1) {
    const org = known.org(orgs[0]!);
    return n === undefined ? t('survey.askOwnFew', { org }) : t('survey.askOwn', { org, n });
  }
  return n === undefined ? t('survey.askManyFew', { orgs: orgs.length }) : t('survey.askMany', { orgs: orgs.length, n });
}

/** Those who are hit, all, those of a talk, or some organizations. */
export function WhomFields({ whom, known }: { whom: Whom; known: Known }) {
  const words = useWords();
  const { t, language } = words;
  const { many, whose, hit, rooms, some, room, set } = whom;
  const { askable } = known;
  if (!many) return null;
  return <>
    <Chips legend={t('survey.whose')} value={whose} onChange={(value) => set({ whose: value })} choices={[
      ...(hit.length > 0 ? [{ value: 'hit' as const, label: t('survey.whose.hit'), note: listed(hit.map((id) => known.org(id)), words), whole: true }] : []),
      { value: 'all' as const, label: askable.length > 1 ? t('survey.whose.all', { n: askable.length }) : t('survey.whose.own', { org: nameIn(askable[0], language) }), whole: true },
      ...(rooms.length > 0 ? [{ value: 'room' as const, label: askable.length > 1 ? t('survey.whose.room') : t('survey.whose.roomOwn', { org: nameIn(askable[0], language) }), whole: true }] : []),
      ...(askable.length > 1 ? [{ value: 'some' as const, label: t('survey.whose.some'), whole: true }] : []),
    ]} />
    {whose === 'room' && <Chips legend={t('survey.whose.which')} value={room} onChange={(id) => set({ room: id })} choices={rooms.map(({ id, name }) => ({ value: id, label: name }))} />}
    {whose === 'some' && askable.length > 1 && <ToggleChips legend={t('survey.whose.some')} quiet values={[...some]} onChange={(ids) => set({ some: ids })} choices={askable.map((one) => ({ value: one.id, label: nameIn(one, language) }))} />}
  </>;
}
