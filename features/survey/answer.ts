import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answersOf, checkValues, valuesShape } from './form.ts';
import { isAsked, isOpen, surveyAnswered, theSheet } from './sheet.ts';

/**
 * 答える: one's own answer, or that of a colleague who said it by telephone; it is written down who heard it. The last counts, those before
 * it stay. (V4, V6)
 */
export const answerSurvey = command('survey.answer', {
  about: 'Answers a survey: for oneself, or for someone of the same place who said it by telephone. The last answer counts.',
  input: z.strictObject({ place: idShape, sheet: idShape, person: z.optional(idShape), values: valuesShape }),
  streams: ({ place }) => [roomStream(place)],
  needs: ({ place, sheet: id, person }, actor) => ({ sheet: theSheet(id), whom: membership(roomStream(place), person ?? actor.person) }),
  may(actor, { sheet: one, whom }, { values }, { now }) {
    // Whoever may not see it is answered as if there were none.
    if (!one) return refused('survey.notFound');
    if (actor.role === 'guest') return refused('survey.notForGuests');
    if (!whom || !currentStay(whom) || !isAsked(one, whom.card)) return refused('survey.notAsked');
    if (!isOpen(one, now)) return one.due !== undefined && now >= one.due ? refused('survey.tooLate', { n: Math.max(1, Math.round((now - one.due) / 60_000)) }) : refused('survey.over');
    const verdict = checkValues(one.form, values);
    return verdict.ok ? allowed : verdict;
  },
  then: ({ sheet: id, person, values }, { sheet: one }, actor) => [
    happens(surveyAnswered, { sheet: id, person: person ?? actor.person, values: answersOf(one!.form, values) }, { ...(one!.incident ? { incident: one!.incident } : {}), drill: one!.drill ?? false }),
  ],
});
export type AnswerSaid = z.output<typeof answerSurvey.input>;
