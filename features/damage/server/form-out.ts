import type { Words } from '@noroshi/foundations/i18n';
import { blockSays, meansSays, nameSays, unitSays, wordsSay, type Form, type FormField, type Label } from '../form.ts';
import type { FormFile } from '../form-set.ts';

/** A form as a file, to be changed and set anew: all that it says, in both languages. */
export function fileOfForm(form: Form, ja: Words, en: Words): FormFile {
  const both = (says: (words: Words) => string): Label => ({ ja: says(ja), en: says(en) });
  const each = (of: (field: FormField) => string, says: (field: FormField, words: Words) => string): FormFile['units'] =>
    [...new Map(form.fields.map((field) => [of(field), field])).entries()].map(([key, field]) => ({ key, label: both((words) => says(field, words)) }));
  return {
    name: form.name ?? ja.t('damage.form.builtIn'),
    blocks: each(({ block }) => block, blockSays),
    units: each(({ unit }) => unit, unitSays),
    fields: form.fields.map((field) => ({
      key: field.key, block: field.block, label: both((words) => nameSays(field, words)), unit: field.unit, forms: [...field.forms],
      ...(field.means ? { means: both((words) => meansSays(field, words)) } : {}), ...(field.parts ? { parts: true } : {}), unusual: field.unusual,
    })),
    words: form.words.map((one) => ({ key: one.key, label: both((words) => wordsSay(one, words)), forms: [...one.forms] })),
    checks: form.checks.map(({ key, atMost, sumOf }) => ({ key, ...(atMost ? { atMost } : {}), ...(sumOf ? { sumOf: [...sumOf] } : {}) })),
  };
}
