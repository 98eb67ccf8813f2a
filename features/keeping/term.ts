import { allowed, fiscalYearOf, refused, systemPerson, wallAhead, type Id, type Moment } from '@noroshi/foundations/kernel';
import { command, currentStay, eventKind, happens, noun, ref, workspaceStream, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { begins, keptStream } from './book.ts';
import { oneTarget, targetNeeds, targetShape, type Target } from './hold.ts';

/** 保存期間, in years; 0 is 無期限. The classes of 公文書管理法施行令, as prefectures have them too. */
export const terms = [1, 3, 5, 10, 30, 0] as const;
export type Years = (typeof terms)[number];
const yearsShape = z.int().check(z.refine((years) => (terms as readonly number[]).includes(years)));

/**
 * The shortest term of a disaster's words, in years, unless the prefecture says more: a payment from the nation for relief
 * is accounted for over five years. No law names one number for the words themselves.
 */
export const usualLeast = 5;
/** What is said in peace, or in a drill. */
const leastElse = 1;

const termSet = eventKind('keeping.termSet', 308, z.object({ ...targetShape, years: yearsShape }));
const leastSet = eventKind('keeping.leastSet', 309, z.object({ years: yearsShape }));

/** What was set for a room or a disaster, one after the other. */
export interface Term extends Target { readonly set: readonly { readonly years: number; readonly from: Moment; readonly by: Id }[] }
const termId = ({ room, incident }: Target): Id => room ?? incident ?? systemPerson;
export const term = noun<Term>('keepingTerm').on(termSet, (e) => termId(e.body), (now, { by, at, body: { years, ...target } }) => ({ ...target, set: [...(now?.set ?? []), { years, from: at, by }] }));
export const theTerm = (target: Target): Ref<Term> => ref(term, termId(target));
export const least = noun<{ readonly years: number }>('keepingLeast').on(leastSet, () => systemPerson, (_now, e) => ({ years: e.body.years }));
export const theLeast: Ref<{ readonly years: number }> = ref(least, systemPerson);

/** 0 is the longest. */
const atLeast = (years: number, min: number): boolean => years === 0 || (min !== 0 && years >= min);
const longest = (all: readonly number[]): number => (all.includes(0) ? 0 : Math.max(...all));

/**
 * For how many years something that was said then is kept: as it was set then, or longer where that was set since. What is
 * made shorter is so for what is said from then on; the first that is set counts for all. Nothing set: for ever.
 */
export function yearsFor({ set }: Pick<Term, 'set'> = { set: [] }, at: Moment): number {
  if (set.length === 0) return 0;
  const then = Math.max(0, set.findLastIndex(({ from }) => from <= at));
  return longest(set.slice(then).map(({ years }) => years));
}

/** The first moment of the fiscal year behind the one that holds `at` and so many more: terms begin on the first of April after. */
export const endOf = (at: Moment, years: number): Moment => Date.UTC(fiscalYearOf(at) + 1 + years, 3, 1) - wallAhead;

/**
 * When the term of something that was said is over; `Infinity` where it is not known or never. What was said of a disaster is one
 * file with it: its term begins when the disaster is over.
 */
export function dueFrom(at: Moment, of: Term | undefined, incident: { readonly closedAt?: Moment | undefined } | undefined): Moment {
  const years = yearsFor(of, at);
  const from = incident ? incident.closedAt : at;
  return years === 0 || from === undefined ? Infinity : endOf(Math.max(from, at), years);
}

/** 保存期間を決める. */
export const setTerm = command('keeping.setTerm', {
  about: 'Sets for how many years the words of a room, or of a disaster, are kept (0: for ever). Longer counts for all of them, shorter for what is said from then on. Never shorter than the least.',
  input: z.strictObject({ ...targetShape, years: yearsShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (target, actor) => ({ ...targetNeeds(target, actor.person), least: theLeast }),
  may(actor, { room, incident, me, least: min }, target) {
    if (actor.role !== 'administrator') return refused('keeping.notAllowed');
    if (!oneTarget(target) || !currentStay(me) || (target.room === undefined ? !incident : !room)) return refused('keeping.noTarget');
    const years = incident && !incident.drill ? (min?.years ?? usualLeast) : leastElse;
    return atLeast(target.years, years) ? allowed : refused('keeping.belowLeast', { years });
  },
  then: (what, { book, incident }) => [...begins(book), happens(termSet, what, { on: keptStream, incident: what.incident, drill: incident?.drill ?? false })],
});

/** The prefecture's own rule may ask for more than is usual here. It is only ever raised: what was promised stands. */
export const raiseLeast = command('keeping.raiseLeast', {
  about: 'Raises the least number of years for which the words of disasters are kept.',
  input: z.strictObject({ years: yearsShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (_input, actor) => ({ ...targetNeeds({}, actor.person), least: theLeast }),
  may(actor, { least: min }, { years }) {
    if (actor.role !== 'administrator') return refused('keeping.notAllowed');
    return atLeast(years, min?.years ?? usualLeast) ? allowed : refused('keeping.belowLeast', { years: min?.years ?? usualLeast });
  },
  then: (what, { book }) => [...begins(book), happens(leastSet, what, { on: keptStream })],
});

export const termFacts = { events: [termSet, leastSet], nouns: [term, least] };
