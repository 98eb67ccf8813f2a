import type { Key, Words } from '@noroshi/foundations/i18n';
import type { Form, Question } from './form.ts';
import { emptyWritten, type Written } from './written.ts';

/** Forms that the house comes with. Their words stand in the language files under `survey.template.<name>`. */
export const templateNames = ['gather', 'stock', 'drillReview', 'shelter'] as const;
export type TemplateName = (typeof templateNames)[number];

type Bare = Omit<Question, 'title' | 'options'> & { readonly options?: readonly string[] };

const bare: Readonly<Record<TemplateName, readonly Bare[]>> = {
  // 参集可否の事前調査: who could come by night, how, and what keeps them.
  gather: [
    { id: 'can', kind: 'one', required: 1, options: ['h1', 'h3', 'later', 'no'] },
    { id: 'way', kind: 'many', options: ['foot', 'bicycle', 'motorbike', 'car', 'train'], showWhen: { q: 'can', is: ['h1', 'h3', 'later'] } },
    { id: 'minutes', kind: 'number', min: 0, max: 1_440, showWhen: { q: 'can', is: ['h1', 'h3', 'later'] } },
    { id: 'why', kind: 'many', options: ['family', 'far', 'road', 'health', 'other'], showWhen: { q: 'can', is: ['no'] } },
    { id: 'word', kind: 'text' },
  ],
  // 備蓄の確認: a number for each thing, and what runs out first.
  stock: [
    { id: 'what', kind: 'table', required: 1, options: ['water', 'food', 'blankets', 'toilets', 'nappies'] },
    { id: 'until', kind: 'date' },
    { id: 'lack', kind: 'one', required: 1, options: ['no', 'yes'] },
    { id: 'which', kind: 'text', required: 1, showWhen: { q: 'lack', is: ['yes'] } },
    { id: 'photo', kind: 'photo' },
  ],
  // 訓練のふりかえり: anonymous, so that what went badly is said.
  drillReview: [
    { id: 'how', kind: 'scale', required: 1, max: 5 },
    { id: 'good', kind: 'many', options: ['fast', 'shared', 'roles', 'none'] },
    { id: 'trouble', kind: 'one', required: 1, options: ['no', 'yes'] },
    { id: 'which', kind: 'many', required: 1, options: ['late', 'unclear', 'tool', 'people', 'other'], showWhen: { q: 'trouble', is: ['yes'] } },
    { id: 'better', kind: 'text', page: 1 },
  ],
  // 避難所の写真つき状況: place, state and number, with pictures.
  shelter: [
    { id: 'where', kind: 'place', required: 1 },
    { id: 'state', kind: 'one', required: 1, options: ['open', 'full', 'closed'] },
    { id: 'people', kind: 'number', min: 0, showWhen: { q: 'state', is: ['open', 'full'] } },
    { id: 'lack', kind: 'many', options: ['water', 'food', 'blankets', 'toilets', 'power', 'staff'], showWhen: { q: 'state', is: ['open', 'full'] } },
    { id: 'photo', kind: 'photo' },
    { id: 'word', kind: 'text' },
  ],
};

/** A form of the house in the words of this language: whoever begins with it changes it as their own. */
export function templateIn(name: TemplateName, { t }: Words): Written {
  const say = (part: string): string => t(`survey.template.${name}.${part}` as Key);
  const form: Form = bare[name].map(({ options, ...one }) => ({ ...one, title: say(one.id), ...(options ? { options: options.map((id) => ({ id, name: say(`${one.id}.${id}`) })) } : {}) }));
  return { ...emptyWritten, title: t(`survey.template.${name}` as Key), note: say('note'), form, anonymous: name === 'drillReview' };
}
