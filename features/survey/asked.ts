import type { Asked } from '@noroshi/foundations/asked';
import { answerSurvey } from './answer.ts';
import { quick } from './form.ts';
import { forOther, isAsked, sheet, surveyAsked, surveyFellDue, type Sheet } from './sheet.ts';

/**
 * 安否・参集 is chased from the first moment, by the ladder that chases everything; a form from the time that was said. An answer by one press
 * goes with the push. (V5, V7)
 */
export const askedSurvey: Asked<Sheet> = {
  noun: sheet.noun,
  begins: ({ kind, body }) => (kind === surveyAsked.kind && body.kind === 'safety' && body.chaseFrom === undefined ? { thing: body.id } : kind === surveyFellDue.kind ? { thing: body.sheet } : undefined),
  tellsNow: ({ kind, body }) => (kind === surveyAsked.kind && (body.kind !== 'safety' || body.chaseFrom !== undefined) ? { thing: body.id } : undefined),
  stands: (value, who) => (isAsked(value, who) && !value.closed && value.answered[who.person] === undefined && (value.kind === 'safety' || value.fellDue !== undefined) ? 'owes' : 'free'),
  isTold: (value, person, org) => value.closed !== undefined || !isAsked(value, { person, org }) || value.answered[person] !== undefined,
  tells: (value, place) => ({
    by: value.by, at: value.at, incident: value.incident, drill: value.drill ?? false, announces: value.kind === 'safety',
    line: ({ t }) => t(value.kind !== 'safety' ? 'survey.asks' : value.title ? 'survey.safetyAsks' : 'survey.safetyAsksPlain', { title: value.title }), path: `/survey/${value.survey}`,
    ...(value.anonymous ? {} : { heardFrom: (person) => forOther(value, person) }),
    ...(value.kind === 'safety' ? {
      acts: ({ t }) => (['can', 'cannot'] as const).map((one) => ({
        label: t(`survey.quick.${one}`), done: t('survey.quickDone', { answer: t(`survey.quick.${one}`) }), deed: answerSurvey.deed, input: { place, sheet: value.id, values: quick[one] },
      })),
    } : {}),
  }),
};
