import { mayTend, thePerson, theOrganization, type Person } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Actor, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { command, happens, workspaceStream, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { monthOf, monthShape, rosterSet, shiftShape, theRoster, type Shift } from './roster.ts';

/** The longest that one holds the line in one go: from Friday evening until Tuesday morning of a long weekend, and a day for the new year. */
export const longestShift = 5 * 24 * 3_600_000;
/** Two a day and some for those who share. */
export const mostShifts = 124;

/** Whether someone keeps the roster of an organization: who tends it, and its own people who hold the desk of disasters. (DR1) */
export const mayKeep = (actor: Actor, org: Id): Verdict => (actor.role !== 'guest' && actor.org === org ? allowed : mayTend(actor, org).ok ? allowed : refused('rota.notYours'));

/** What is wrong with a shift, as the code of a refusal. */
export function wrongWith({ from, until, person, deputy }: Shift, month: string): 'rota.endsBefore' | 'rota.tooLong' | 'rota.otherMonth' | 'rota.ownDeputy' | undefined {
  if (until <= from) return 'rota.endsBefore';
  if (until - from > longestShift) return 'rota.tooLong';
  if (monthOf(from) !== month) return 'rota.otherMonth';
  return person === deputy ? 'rota.ownDeputy' : undefined;
}

/** 当番表を決める: writes a month of an organization's roster, whole. */
export const setRoster = command('rota.set', {
  about: 'Writes who holds the line of an organization in a month, whole. Names what the writer had before them, so that nobody writes unseen over what a colleague has just written.',
  input: z.strictObject({ org: idShape, month: monthShape, sees: z.int().check(z.minimum(0)), shifts: z.array(shiftShape).check(z.maxLength(mostShifts)) }),
  streams: () => [workspaceStream],
  needs: ({ org, month, shifts }) => ({
    one: theRoster(org, month), of: theOrganization(org),
    ...Object.fromEntries(shifts.flatMap(({ person, deputy }) => (deputy ? [person, deputy] : [person])).map((id) => [`@${id}`, thePerson(id)])) as Record<`@${string}`, Ref<Person>>,
  }),
  may(actor, facts, { org, month, sees, shifts }) {
    const { one, of } = facts;
    if (actor.role === 'guest' || !of) return refused('directory.organizationNotFound');
    const verdict = mayKeep(actor, org);
    if (!verdict.ok) return verdict;
    if ((one?.rev ?? 0) !== sees) return refused('rota.changedMeanwhile');
    const named = facts as Readonly<Record<`@${string}`, Person | undefined>>;
    for (const shift of shifts) {
      const wrong = wrongWith(shift, month);
      if (wrong) return refused(wrong);
      // Those who left since stay in what is past; nobody new is put there.
      for (const id of shift.deputy ? [shift.person, shift.deputy] : [shift.person]) {
        const who = named[`@${id}`];
        const stood = one?.shifts.some((before) => before.id === shift.id && (before.person === id || before.deputy === id)) ?? false;
        if (!stood && (!who || who.org !== org || who.disabled || who.role === 'guest')) return refused('rota.notOfTheirs');
      }
    }
    if (new Set(shifts.map(({ id }) => id)).size !== shifts.length) return refused('rota.twice');
    return allowed;
  },
  then: ({ org, month, shifts }) => [happens(rosterSet, { org, month, shifts })],
});
