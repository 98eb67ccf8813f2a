import { fromLocal, wallAhead, type Id } from '@noroshi/foundations/kernel';
import { isCounted, currentStay, type Member } from '@noroshi/foundations/sync';
import { outsideAnswer, type Link, type OutsideAnswer } from './link.ts';
import type { Form, Question, Values } from './form.ts';
import type { Blacked } from '@noroshi/foundations/redacts';
import type { Attachment } from '@noroshi/features/talk';
import { answer as answerNoun, answerId, isAsked, photosOf, saidAt, type Answer, type Said, type Sheet } from './sheet.ts';

/** Someone who is asked, and what they said last, where they did. */
export interface Respondent { readonly who: Member; readonly sheet: Sheet; readonly said?: Said | undefined; /** All photographs they gave, by whichever of their answers. */ readonly photos: readonly Attachment[]; /** They have answered; what, an anonymous survey does not tell. */ readonly heard: boolean; /** What they said last has been taken out: that they answered is known, and not what. */ readonly gone?: boolean; /** What they said last, as the record knows it, and whether something was taken out of it. */ readonly record?: { readonly noun: string; readonly id: string; readonly said?: Id; readonly marked: boolean } }

/**
 * Who is asked by a sheet: the people of the organization who were there when it was asked and still are. Whoever has answered counts
 * even when they have gone since: nobody's answer falls out of a sum. Who looks on for headquarters is asked in their own sheet alone.
 * @param born the number of the event that asked
 */
export function respondents(sheet: Sheet, born: number, members: readonly Member[], answerOf: (person: Id) => Answer | undefined): Respondent[] {
  return members
    .filter((who) => isAsked(sheet, { person: who.person, org: who.card.org }))
    .map((who) => {
      const its = answerOf(who.person);
      const said = its?.said.at(-1);
      return { who, sheet, said, photos: photosOf(its), heard: sheet.answered[who.person] !== undefined, gone: said !== undefined && isGone(its?.redacted, said.id), ...(said ? { record: { noun: answerNoun.noun, id: answerId(sheet.id, who.person), said: said.id, marked: isMarked(its, said.id) } } : {}) };
    })
    .filter(({ who, heard }) => heard || (currentStay(who) !== undefined && !who.shut && isCounted(who, born)))
    .toSorted((a, b) => a.who.card.rank - b.who.card.rank || a.who.no - b.who.no);
}

/** Whether something was taken out of what was said by this command. */
export const isMarked = (of: Pick<Answer, 'redacted'> | undefined, said: Id): boolean => of?.redacted?.some((one) => one.said === said) ?? false;

/** Whether the words of an answer have been taken out. @param said of what was said by this command */
const isGone = (marks: readonly Blacked[] = [], said?: Id): boolean => marks.some((one) => one.said === said && one.parts.includes('answers'));

/** Those outside who answered by a link: they stand under what the link is called, and nobody waits for them. */
export function outsiders(sheet: Sheet, links: readonly Link[], answers: readonly OutsideAnswer[]): Respondent[] {
  return answers.filter((one) => one.sheet === sheet.id).toSorted((a, b) => a.at - b.at).map((one, at): Respondent => ({
    who: { no: -1 - at, person: one.id, card: { name: links.find(({ id }) => id === one.link)?.label ?? '', org: sheet.org, orgName: '', mark: '', post: '', rank: 99 }, stays: [] },
    sheet, ...(sheet.anonymous ? {} : { said: { id: one.id, at: one.at, by: one.id, values: one.values } }), photos: [], heard: true, gone: isGone(one.redacted),
    ...(sheet.anonymous ? {} : { record: { noun: outsideAnswer.noun, id: one.id, marked: one.redacted !== undefined } }),
  }));
}

/** How many said what to one question. `silent` have not answered at all, `passed` answered and left it out, of `gone` the answer has been taken out: none of them is 0, nor any answer. */
export interface Tally { readonly question: Question; readonly options: readonly { readonly id: string; readonly people: readonly Respondent[] }[]; readonly passed: readonly Respondent[]; readonly gone: readonly Respondent[]; readonly silent: readonly Respondent[] }

/** Counts a question that is answered by choosing. Of `one` all of it adds up to those who were asked. */
export function tallyOf(question: Question, all: readonly Respondent[]): Tally {
  const chosen = (values: Values): readonly unknown[] => {
    const value = values[question.id];
    return Array.isArray(value) ? value : value === undefined ? [] : [question.kind === 'scale' ? `s${value}` : value];
  };
  const options = question.kind === 'scale' ? Array.from({ length: question.max ?? 0 }, (_, n) => ({ id: `s${n + 1}` })) : question.options ?? [];
  const heard = all.filter(({ said, gone }) => said !== undefined && !gone);
  return {
    question,
    options: options.map(({ id }) => ({ id, people: heard.filter(({ said }) => chosen(said!.values).includes(id)) })),
    passed: heard.filter(({ said }) => chosen(said!.values).length === 0),
    gone: all.filter(({ gone }) => gone),
    silent: all.filter(({ said }) => said === undefined),
  };
}

export const questionOf = (form: Form, id: string): Question | undefined => form.find((one) => one.id === id);

/** 参集できる: they are here, come today, or at a time they named. */
export const comes = ['here', 'h1', 'h3', 'at', 'today', 'yes'] as const;
export const mayCome = (values: Values | undefined): boolean => comes.some((one) => one === values?.['come']);
/** 負傷. */
export const isHurt = (values: Values | undefined): boolean => values?.['state'] === 'light' || values?.['state'] === 'severe';

/** When someone is there who can come: already; by a moment; by the end of a day; or at a time they did not name. */
export type Coming = { readonly kind: 'here' | 'open' } | { readonly kind: 'by' | 'day'; readonly by: number };
const hour = 3_600_000;
const hours: Readonly<Record<string, number>> = { h1: 1, h3: 3 };

/** When someone who said so will be there: at the time they named; hours are counted from when they said it, and 今日中 is the day on which they did. Nothing where they cannot come, or did not answer. */
export function comesAt({ said, sheet }: Pick<Respondent, 'said' | 'sheet'>): Coming | undefined {
  if (!said || !mayCome(said.values)) return undefined;
  const how = String(said.values['come']);
  if (how === 'here') return { kind: 'here' };
  if (how === 'at') {
    const at = fromLocal(String(said.values['hour']));
    // Nobody was to come before they were asked.
    return at === undefined ? { kind: 'open' } : { kind: 'by', by: Math.max(at, sheet.at) };
  }
  const from = saidAt(said, sheet.at);
  if (how === 'today') return { kind: 'day', by: endOfDay(from) };
  return hours[how] === undefined ? { kind: 'open' } : { kind: 'by', by: from + hours[how] * hour };
}
/** The midnight that ends a day, by the clock of the prefecture. */
const endOfDay = (at: number): number => Math.floor((at + wallAhead) / (24 * hour) + 1) * 24 * hour - wallAhead;

/** One organization's people in numbers. They add up: fine, hurt, gone and silent are those who were asked, and so are can, cannot, gone and silent. Whose answer was taken out is neither safe nor unable to come. */
export interface OrgSums { readonly org: Id; readonly asked: number; readonly fine: number; readonly hurt: number; readonly can: number; readonly cannot: number; readonly gone: number; readonly silent: number }
export function orgSums(org: Id, all: readonly Respondent[]): OrgSums {
  const of = (is: (values: Values) => boolean): number => all.filter(({ said, gone }) => said !== undefined && !gone && is(said.values)).length;
  return { org, asked: all.length, fine: of((v) => !isHurt(v)), hurt: of(isHurt), can: of(mayCome), cannot: of((v) => !mayCome(v)), gone: all.filter(({ gone }) => gone).length, silent: all.filter(({ heard }) => !heard).length };
}
