import { answer, answerSurvey, ask, close, held, look, quick, sheet, type Answer, type Form, type Held, type Sheet, type Values } from '@noroshi/features/survey';
import { placeOf, some, type Act, type Stage } from './act.ts';

const questions: Form = [
  { id: 'bed', kind: 'one', title: '宿泊は必要ですか', required: 1, options: [{ id: 'yes', name: '必要' }, { id: 'no', name: '不要' }] },
  { id: 'days', kind: 'many', title: '来られる日', options: [{ id: 'sat', name: '土曜' }, { id: 'sun', name: '日曜' }] },
];

/** Something that can be answered to a sheet. */
function values({ dice }: Stage, { kind }: Sheet): Values {
  if (kind === 'safety') return { ...quick[dice.chance(0.6) ? 'can' : 'cannot'], ...(dice.chance(0.2) ? { state: 'light' } : {}) };
  return { bed: dice.pick(['yes', 'no']), days: ['sat', 'sun'].filter(() => dice.chance(0.5)) };
}

/** What people do when they are asked how they are, or by a form. */
export const surveys: readonly Act[] = [
  {
    act: 'ask whether all are safe, or by a form', weight: 1, opens: true,
    async do(stage, by) {
      const { dice, house: { orgs: { ehime, seiyo, saijo, iyo } } } = stage;
      const { org } = by.who.actor;
      // Headquarters asks whom it likes, a town its own people.
      const orgs = org === ehime ? [seiyo, ...[ehime, saijo, iyo].filter(() => dice.chance(0.5))] : [org];
      const form = dice.chance(0.5);
      const due = dice.chance(0.4) ? { due: by.end.now() + 10_000 + dice.below(60_000) } : {};
      await by.give(ask, { kind: form ? 'form' : 'safety', orgs, title: form ? '週末の応援' : '', ...(form ? { questions: [...questions] } : {}), ...due, ...(dice.chance(0.2) ? { once: 1 as const } : {}) });
    },
  },
  {
    act: 'answer a survey, for oneself or for a colleague', weight: 9,
    async do(stage, by) {
      const { dice, house } = stage;
      const doc = await some<Sheet>(stage, by, sheet.noun, ({ closed }) => !closed || dice.chance(0.1));
      if (!doc) return;
      const asked = house.people.filter(({ actor }) => actor.org === doc.value.org && actor.person !== by.who.actor.person);
      const other = asked.length > 0 && (by.who.actor.org !== doc.value.org || dice.chance(0.3)) ? { person: dice.pick(asked).actor.person } : {};
      await by.give(answerSurvey, { place: placeOf(doc), sheet: doc.id, values: values(stage, doc.value), ...other });
    },
  },
  {
    act: 'come from headquarters to see what is answered', weight: 3,
    async do(stage, by) {
      const doc = by.who.actor.org === stage.house.orgs.ehime ? await some<Held>(stage, by, held.noun) : undefined;
      if (doc) await by.give(look, { orgs: stage.dice.chance(0.5) ? [...doc.value.orgs] : [stage.dice.pick(doc.value.orgs)] });
    },
  },
  {
    act: 'end a survey', weight: 0.5,
    async do(stage, by) {
      const doc = await some<Sheet>(stage, by, sheet.noun, ({ closed, answered }) => !closed && Object.keys(answered).length > 0);
      if (doc) await by.give(close, { place: placeOf(doc), sheet: doc.id });
    },
  },
  {
    act: 'read who has answered', weight: 1,
    async do(stage, by) {
      const doc = await some<Answer>(stage, by, answer.noun);
      if (doc) await by.end.shown(doc.stream, [[doc.born, doc.born]], true);
    },
  },
];
