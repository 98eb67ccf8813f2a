import { theOrganization, post as postNoun, type Post } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Actor, type Id, type Moment, type Verdict } from '@noroshi/foundations/kernel';
import { command, eventKind, happens, noun, ref, workspaceStream, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { mayAsk } from './ask.ts';
import { checkForm, formShape, type Form } from './form.ts';

/** A form that somebody keeps for the next time. Whoever may ask finds it, in the whole house: it tells of no person. */
export interface Template { readonly id: Id; readonly org: Id; readonly title: string; readonly note: string; readonly form: Form; readonly by: Id; readonly at: Moment; readonly dropped?: true }

const noted = z.string().check(z.trim(), z.maxLength(1_000));
const titled = z.string().check(z.trim(), z.maxLength(120));
export const templateKept = eventKind('survey.templateKept', 344, z.object({ id: idShape, title: titled, note: z.optional(noted), questions: formShape }));
export const templateDropped = eventKind('survey.templateDropped', 345, z.object({ template: idShape }));

export const template = noun<Template>('surveyTemplate')
  .begins(templateKept, (e) => e.body.id, ({ body: { id, title, note, questions }, by, org, at }) => ({ id, org, title, note: note ?? '', form: questions ?? [], by, at }))
  .on(templateDropped, (e) => e.body.template, (now) => now && { ...now, form: [], dropped: true });
export const theTemplate = (id: Id): Ref<Template> => ref(template, id);

/** As many as anybody looks through; of each organization. */
export const mostTemplates = 50;

/** ひな形として残す: a form is kept for the next time. (V26) */
export const keepTemplate = command('survey.keepTemplate', {
  about: 'Keeps a form as a template, for whoever asks the next time. The id of the command is the id of the template.',
  input: z.strictObject({ title: titled, note: z.optional(noted), questions: formShape }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: (_input, actor) => ({ mine: theOrganization(actor.org), posts: { many: postNoun.noun } as Many<Post>, templates: { many: template.noun } as Many<Template> }),
  may(actor, { mine, posts, templates }, { title, questions }) {
    const verdict = mayAsk(actor, mine, posts, [actor.org]);
    if (!verdict.ok) return verdict;
    if (title === '') return refused('survey.titleMissing');
    if (templates.filter(({ org, dropped }) => org === actor.org && !dropped).length >= mostTemplates) return refused('survey.tooManyTemplates', { most: mostTemplates });
    return checkForm(questions);
  },
  then: ({ title, note, questions }, _facts, _actor, { id }) => [happens(templateKept, { id, title, ...(note ? { note } : {}), questions })],
});

/** Whether somebody may take a template away: whoever made it, and who tends its organization. */
export function mayDrop(actor: Actor, one: Template | undefined): Verdict {
  if (!one || one.dropped) return refused('survey.templateNotFound');
  return one.by === actor.person || actor.role === 'administrator' || (actor.role === 'manager' && one.org === actor.org) ? allowed : refused('survey.notYourTemplate');
}

export const dropTemplate = command('survey.dropTemplate', {
  about: 'Takes a template of a form away. What was asked with it stays.',
  input: z.strictObject({ template: idShape }),
  streams: () => [workspaceStream],
  needs: ({ template: id }) => ({ one: theTemplate(id) }),
  may: (actor, { one }) => mayDrop(actor, one),
  then: (input) => [happens(templateDropped, input)],
});
