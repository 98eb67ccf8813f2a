import { numberIn } from '@noroshi/features/directory/tables';
import { mostNamed, pledgeWords, type Pledge } from '../content.ts';

export type Staff = NonNullable<Pledge['staff']>[number];

/** Where something is wrong in what was typed: `leaderPhone`, `staff/0/phone`, `staff/2/name`. The word is a refusal's code. */
export type Wrong = ReadonlyMap<string, { readonly code: string; readonly number?: string }>;

const texts = ['leader', 'vehicles', 'cost', 'conditions', 'note'] as const satisfies readonly (keyof Pledge)[];

/** What was typed, without what is empty and with telephone numbers as they were meant; and what is wrong with it. */
export function tidyPledge(typed: Pledge): { pledge: Pledge; wrong: Wrong } {
  const wrong = new Map<string, { code: string; number?: string }>();
  const phone = (number: string | undefined, at: string): { phone?: string } => {
    if (!number?.trim()) return {};
    const read = numberIn(number);
    if (!read.ok) wrong.set(at, { code: read.code, number });
    return read.ok ? { phone: read.number } : {};
  };
  const staff = (typed.staff ?? []).flatMap(({ name, section, post, jobType, skills, phone: number }, i): Staff[] => {
    const words = Object.fromEntries(Object.entries({ section, post }).flatMap(([key, word]) => (word?.trim() ? [[key, word.trim()]] : [])));
    const one = { ...words, ...(jobType ? { jobType } : {}), ...(skills?.length ? { skills } : {}), ...phone(number, `staff/${i}/phone`) };
    if (!name.trim() && Object.keys(one).length > 0) wrong.set(`staff/${i}/name`, { code: 'request.nameStaff' });
    // An empty place is no person.
    return name.trim() ? [{ name: name.trim(), ...one }] : [];
  });
  const { phone: leaderPhone } = phone(typed.leaderPhone, 'leaderPhone');
  const said = Object.fromEntries(texts.flatMap((field) => (typed[field]?.trim() ? [[field, typed[field].trim()]] : [])));
  return {
    wrong,
    pledge: {
      ...said, ...(leaderPhone ? { leaderPhone } : {}), ...(staff.length > 0 ? { staff } : {}),
      ...(typed.departs === undefined ? {} : { departs: typed.departs }), ...(typed.arrives === undefined ? {} : { arrives: typed.arrives }),
      ...(typed.lodgingNeeded === undefined ? {} : { lodgingNeeded: typed.lodgingNeeded }),
    },
  };
}

/** Rows of a spreadsheet, pasted: name, section, post, telephone. One row is one person; a single cell is no list. */
export function pastedStaff(text: string): Staff[] {
  const rows = text.split(/\r?\n/).map((row) => row.split('\t').map((cell) => cell.trim())).filter((row) => row.some(Boolean));
  if (rows.length < 2 && (rows[0]?.length ?? 0) < 2) return [];
  return rows.slice(0, mostNamed).map(([name = '', section, post, phone]) => ({
    name: name.slice(0, 60), ...(section ? { section: section.slice(0, 60) } : {}), ...(post ? { post: post.slice(0, 60) } : {}), ...(phone ? { phone } : {}),
  }));
}

/** Several answers' pledges as one: what the first says stands, the others add to it. */
export function joinedPledges(pledges: readonly Pledge[]): Pledge {
  const all = pledges.toReversed().reduce<Pledge>((sum, one) => ({ ...sum, ...one }), {});
  const staff = pledges.flatMap((one) => one.staff ?? []).filter((one, i, list) => list.findIndex((other) => other.name === one.name && other.phone === one.phone) === i);
  return staff.length > 0 ? { ...all, staff } : all;
}

/** The pledge in a command that was not taken, so that nothing has to be typed twice. */
export const pledgeOf = (input: object): Pledge => Object.fromEntries(Object.keys(pledgeWords).flatMap((field) => (field in input ? [[field, (input as Record<string, unknown>)[field]]] : [])));
