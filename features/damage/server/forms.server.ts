import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { refused } from '@noroshi/foundations/kernel';
import { workspaceStream } from '@noroshi/foundations/sync';
import type { AnswerTo, Stair } from '@noroshi/foundations/sync/server';
import type * as z from 'zod/mini';
import { formsWith } from '../form.ts';
import { damageForm, type FormSet, type checkForm, type formAsFile } from '../form-set.ts';
import { fileOfForm } from './form-out.ts';
import { readForm } from './read-form.ts';

const formsOf = ({ memory }: Stair) => formsWith(memory.of(workspaceStream, damageForm.noun).map((doc) => doc.value as FormSet));

/** A form as a file, in both languages. */
export const answerFormAsFile: AnswerTo<z.output<typeof formAsFile.input>, z.output<typeof formAsFile.output>> = async ({ actor, stair }, { version }) => {
  if (actor.role !== 'administrator') return refused('directory.notAllowed');
  const form = formsOf(stair).of(version);
  return form ? { form: fileOfForm(form, words('ja', japanese), words('en', english)) } : refused('damage.unknownForm', { form: version });
};

/** A dry run of a form's file: shapes are known here, and no device carries them. */
export const answerCheckForm: AnswerTo<z.output<typeof checkForm.input>, z.output<typeof checkForm.output>> = async ({ actor, stair }, { file }) => {
  if (actor.role !== 'administrator') return refused('directory.notAllowed');
  const read = readForm(file.replace(/^\uFEFF/, ''), formsOf(stair).all);
  return 'file' in read ? { problems: [], form: read.file } : { problems: read.problems.map(({ path, line, code, what }) => ({ path, code, ...(line === undefined ? {} : { line }), ...(what === undefined ? {} : { what }) })) };
};
