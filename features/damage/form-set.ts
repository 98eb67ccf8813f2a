import { allowed, refused, type Id, type Moment } from '@noroshi/foundations/kernel';
import { mayRule } from '@noroshi/features/directory';
import { command, eventKind, happens, noun, question, ref, workspaceStream, type Many, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { formKinds, formsWith, type Form, type FormField, type Label } from './form.ts';

const key = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9.]{0,39}$/));
const label = (most: number) => z.strictObject({ ja: z.string().check(z.trim(), z.minLength(1), z.maxLength(most)), en: z.string().check(z.trim(), z.minLength(1), z.maxLength(most)) });
const named = z.array(z.strictObject({ key, label: label(60) })).check(z.minLength(1), z.maxLength(40));
const kinds = z.array(z.enum(formKinds)).check(z.minLength(1), z.maxLength(2));

/** A form as a file: everything that it says is in it, so that nothing of the house has to change with it. */
export const formFileShape = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  blocks: named,
  units: named,
  fields: z.array(z.strictObject({
    key, block: key, label: label(60), unit: key, forms: kinds,
    means: z.optional(label(600)),
    parts: z.optional(z.boolean()),
    unusual: z.number().check(z.minimum(1), z.maximum(1_000_000_000_000)),
  })).check(z.minLength(1), z.maxLength(150)),
  words: z.array(z.strictObject({ key, label: label(60), forms: kinds })).check(z.maxLength(40)),
  checks: z.optional(z.array(z.strictObject({ key, atMost: z.optional(key), sumOf: z.optional(z.array(key).check(z.minLength(1), z.maxLength(40))) })).check(z.maxLength(50))),
});
export type FormFile = z.output<typeof formFileShape>;

/** Why a file is no form; its sentence is `damage.formWrong.<it>`. */
export const formWrongs = ['notJson', 'missing', 'unknownItem', 'badValue', 'twice', 'unknownBlock', 'unknownUnit', 'unknownKey', 'unitChanged', 'nothingShort', 'checkEmpty'] as const;
export type FormWrong = (typeof formWrongs)[number];

/** A place in a file as people read it: `fields[3].unit`. */
export const pathSays = (path: readonly (string | number)[]): string => path.map((one, i) => (typeof one === 'number' ? `[${one}]` : i === 0 ? one : `.${one}`)).join('');

/** What is wrong with a form, and where: as `fields[3].unit`, and in which line of the file. */
export interface FormProblem { readonly path: string; readonly line?: number | undefined; readonly code: FormWrong; readonly what?: string | undefined }

/** The form that a file describes. */
export function formOfFile({ name, blocks, units, fields, words, checks }: FormFile, version: number): Form {
  const says = (among: FormFile['units'], of: string): Label => among.find((one) => one.key === of)?.label ?? { ja: of, en: of };
  return {
    version, name,
    fields: fields.map(({ key: of, label: called, means, parts, ...one }): FormField => ({
      ...one, key: of, name: of, ...(parts ? { parts } : {}), ...(means ? { means: of } : {}),
      says: { name: called, unit: says(units, one.unit), block: says(blocks, one.block), ...(means ? { means } : {}) },
    })),
    words: words.map(({ key: of, label: called, forms }) => ({ key: of, forms, says: called })),
    checks: checks ?? [],
  };
}

/**
 * What is wrong with a form of the right shape.
 * @param earlier all forms so far: a figure keeps its unit for ever, since sums go over all versions
 */
export function problemsOf(file: FormFile, earlier: readonly Form[]): FormProblem[] {
  const found: FormProblem[] = [];
  const say = (path: readonly (string | number)[], code: FormWrong, what?: string): void => void found.push({ path: pathSays(path), code, what });
  for (const list of ['blocks', 'units', 'fields', 'words'] as const) {
    const keys = file[list].map((one) => one.key);
    for (const [i, one] of keys.entries()) if (keys.indexOf(one) !== i) say([list, i, 'key'], 'twice', one);
  }
  const [blocks, units, fields] = [file.blocks, file.units, file.fields].map((list) => new Set(list.map((one) => one.key))) as [Set<string>, Set<string>, Set<string>];
  for (const [i, { key: of, block, unit }] of file.fields.entries()) {
    if (!blocks.has(block)) say(['fields', i, 'block'], 'unknownBlock', block);
    if (!units.has(unit)) say(['fields', i, 'unit'], 'unknownUnit', unit);
    const before = earlier.flatMap((form) => form.fields).find((one) => one.key === of);
    if (before && before.unit !== unit) say(['fields', i, 'unit'], 'unitChanged', before.unit);
  }
  if (!file.fields.some(({ forms }) => forms.includes('short'))) say(['fields'], 'nothingShort');
  for (const [i, { key: of, atMost, sumOf }] of (file.checks ?? []).entries()) {
    if (atMost === undefined && sumOf === undefined) say(['checks', i], 'checkEmpty');
    for (const [where, one] of [[['key'], of], [['atMost'], atMost], ...(sumOf ?? []).map((part, n) => [['sumOf', n], part] as const)] as const) if (one !== undefined && !fields.has(one)) say(['checks', i, ...where], 'unknownKey', one);
  }
  return found;
}

/** A form as it was set, and by whom. */
export interface FormSet extends Form { readonly by: Id; readonly at: Moment }

export const formSet = eventKind('damage.formSet', 211, z.object({ version: z.int(), form: formFileShape }));

/** The forms that were set in this house, by their versions. None is changed, and none goes: a report is read on the form it was written on. */
export const damageForm = noun<FormSet>('damageForm')
  .begins(formSet, (e) => String(e.body.version), (e) => ({ ...formOfFile(e.body.form, e.body.version), by: e.by, at: e.at }));

/** A form that was set; nothing for the one that the house comes with. */
export const theForm = (version: number): Ref<FormSet> => ref(damageForm, String(version));

/** 様式を変える: the next version of the form is in force from now on. */
export const setForm = command('damage.setForm', {
  about: 'Sets the form on which damage is reported from now on: its figures, their names in both languages, units, what they mean, in which form they are asked, and what is asked about them. Reports of earlier versions stay as they are. Administrators.',
  input: z.strictObject({
    /** The version that was in force when this one was written: 1 is the form that the house comes with. */
    sees: z.int().check(z.minimum(1)),
    form: formFileShape,
  }),
  streams: () => [workspaceStream],
  alone: true,
  offline: false,
  needs: () => ({ set: { many: damageForm.noun } as Many<FormSet> }),
  may(actor, { set }, { sees, form }) {
    const verdict = mayRule(actor);
    if (!verdict.ok) return verdict;
    const { all, now } = formsWith(set);
    if (sees !== now.version) return refused('damage.formChangedMeanwhile', { version: now.version });
    const [problem] = problemsOf(form, all);
    return problem ? refused('damage.badForm', { path: problem.path }) : allowed;
  },
  then: ({ sees, form }) => [happens(formSet, { version: sees + 1, form })],
});

/** A dry run: what is wrong with a file, and in which line; or the form that it holds. Nothing happens by it. */
export const checkForm = question('damage.checkForm', {
  about: 'Reads a form of damage reports from a file (JSON) and tells what is wrong with it, each with its place and line, or the form that it holds. Administrators only. What is in order is set by damage.setForm.',
  input: z.strictObject({ file: z.string().check(z.maxLength(150_000)) }),
  output: z.strictObject({
    problems: z.array(z.strictObject({ path: z.string(), line: z.optional(z.int()), code: z.enum(formWrongs), what: z.optional(z.string()) })),
    form: z.optional(formFileShape),
  }),
});

/** A form as a file, to be changed: the names in both languages are known on the server alone. */
export const formAsFile = question('damage.formFile', {
  about: 'A version of the form of damage reports as a file (JSON), to be changed and set anew. Version 1 is the one that the house comes with. Administrators only.',
  input: z.strictObject({ version: z.int().check(z.minimum(1)) }),
  output: z.strictObject({ form: formFileShape }),
});
