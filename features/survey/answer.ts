import { attachmentShape } from '@noroshi/features/talk';
import { awaitsFiles } from '@noroshi/foundations/files';
import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { answersOf, checkValues, photosIn, valuesShape } from './form.ts';
import { isAsked, isOpen, photosOf, surveyAnswered, theAnswer, theSheet } from './sheet.ts';

/** So many photographs go with one answer. */
export const mostPhotos = 10;

/**
 * 答える: one's own answer, or that of a colleague who said it by telephone; it is written down who heard it. The last counts, those before
 * it stay. (V4, V6)
 */
export const answerSurvey = command('survey.answer', {
  about: 'Answers a survey: for oneself, or for someone of the same place who said it by telephone. The last answer counts.',
  input: z.strictObject({ place: idShape, sheet: idShape, person: z.optional(idShape), values: valuesShape, files: z.optional(z.array(attachmentShape).check(z.maxLength(mostPhotos))) }),
  streams: ({ place }) => [roomStream(place)],
  needs: ({ place, sheet: id, person }, actor) => ({ sheet: theSheet(id), whom: membership(roomStream(place), person ?? actor.person), before: theAnswer(id, person ?? actor.person) }),
  may(actor, { sheet: one, whom, before }, { values, files = [] }, { now }) {
    // Whoever may not see it is answered as if there were none.
    if (!one) return refused('survey.notFound');
    if (actor.role === 'guest') return refused('survey.notForGuests');
    // Under a name nothing is answered here, for oneself or for another.
    if (one.anonymous) return refused('survey.isAnonymous');
    if (!whom || !currentStay(whom) || !isAsked(one, { person: whom.person, org: whom.card.org })) return refused('survey.notAsked');
    if (!isOpen(one, now)) return one.due !== undefined && now >= one.due ? refused('survey.tooLate', { n: Math.max(1, Math.round((now - one.due) / 60_000)) }) : refused('survey.over');
    if (one.once && one.answered[whom.person] !== undefined) return refused('survey.answeredOnce');
    // What is named comes along or came before; what comes along is named.
    const named = photosIn(one.form, values);
    const known = [...files, ...photosOf(before)];
    if (files.some(({ file, kind }) => kind !== 'photo' || !named.includes(file)) || named.some((id) => !known.some(({ file }) => file === id))) return refused('survey.photosUnfit');
    const verdict = checkValues(one.form, values);
    return verdict.ok ? allowed : verdict;
  },
  then({ sheet: id, person, values, files }, { sheet: one }, actor, { id: said }) {
    const more = { ...(one!.incident ? { incident: one!.incident } : {}), drill: one!.drill ?? false };
    const kept = answersOf(one!.form, values);
    // What hung on an answer that was changed goes, its photographs too.
    const along = files?.filter(({ file }) => photosIn(one!.form, kept).includes(file)) ?? [];
    return [happens(surveyAnswered, { sheet: id, person: person ?? actor.person, values: kept, ...(along.length > 0 ? { files: along } : {}) }, more), ...awaitsFiles(said, along, more)];
  },
});
export type AnswerSaid = z.output<typeof answerSurvey.input>;
