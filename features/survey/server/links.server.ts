/** The page for people outside: plain HTML that an old telephone shows, without a script; read when the first link is opened. */
import type { Language, Words } from '@noroshi/foundations/i18n';
import { newId, systemActor } from '@noroshi/foundations/kernel';
import type { Doc } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { createHash, randomBytes } from 'node:crypto';
import { answerByLink, link as linkNoun, takesAnswer, type Link } from '../link.ts';
import { answersOf, checkValues, isAnswered, type Question, type Value, type Values } from '../form.ts';
import { sheet as sheetNoun, type Sheet } from '../sheet.ts';
import { stepFrom } from '../steps.ts';
import { putIn } from './box.store.ts';
import { ensureBox } from './boxes.server.ts';
import { formPage, saidPage, type Fields } from './link-page.server.ts';

export interface LinkNeeds { readonly stair: Stair; readonly words: (language: Language) => Words }
/** What is shown; nothing where there is no such link, for whatever reason. */
export type Shown = string | undefined;

/** Answers whoever opens a link. */
export class Links {
  readonly #needs: LinkNeeds;
  constructor(needs: LinkNeeds) {
    this.#needs = needs;
  }

  #find(address: string): { its: Link; one: Sheet; place: string } | undefined {
    const { memory, now } = this.#needs.stair;
    const doc = memory.get(linkNoun.noun, createHash('sha256').update(address).digest('hex')) as Doc<Link> | undefined;
    const one = doc && (memory.get(sheetNoun.noun, doc.value.sheet)?.value as Sheet | undefined);
    return doc && takesAnswer(doc.value, one, now()) ? { its: doc.value, one: one!, place: doc.stream.slice(2) } : undefined;
  }

  /** The first questions. */
  async open(address: string, language: Language): Promise<Shown> {
    const found = this.#find(address);
    if (!found) return undefined;
    const { questions, next } = stepFrom(found.one.form, {}, 0);
    return formPage({ sheet: found.one, questions, from: 0, isLast: next >= found.one.form.length, so: {}, wrong: new Set() }, this.#needs.words(language), language);
  }

  /** Takes what one step said, and shows the next, or takes all of it. */
  async take(address: string, fields: Fields, language: Language): Promise<Shown> {
    const found = this.#find(address);
    if (!found) return undefined;
    const { its, one, place } = found;
    const from = Number(fields.get('from') ?? 0);
    const so = readSo(fields.get('so'));
    const at = Number.isInteger(from) && from >= 0 && from < one.form.length ? from : 0;
    const step = stepFrom(one.form, so, at);
    const values: Values = { ...so, ...Object.fromEntries(step.questions.flatMap((question) => { const value = valueOf(question, fields); return isAnswered(value) ? [[question.id, value] as const] : []; })) };
    const words = this.#needs.words(language);
    const wrong = new Set(step.questions.filter((question) => !checkValues([{ ...question, showWhen: undefined }], values).ok).map(({ id }) => id));
    if (wrong.size > 0) return formPage({ sheet: one, questions: step.questions, from: at, isLast: step.next >= one.form.length, so: values, wrong }, words, language);
    const following = stepFrom(one.form, values, step.next);
    if (following.questions.length > 0) return formPage({ sheet: one, questions: following.questions, from: step.next, isLast: following.next >= one.form.length, so: values, wrong }, words, language);
    const { stair } = this.#needs;
    if (one.anonymous) await ensureBox(stair.pool, one.id);
    const told = await stair.submit(systemActor, { id: newId(stair.now(), randomBytes(10)), name: answerByLink.deed, input: { place, sheet: one.id, link: its.id, values } });
    if (!told.ok) return undefined;
    // What the form does not ask came along by no page of ours: of a box it would be seen by nobody, and counted with the rest.
    if (one.anonymous) await putIn(stair.pool, one.id, randomBytes(32).toString('hex'), answersOf(one.form, values), false);
    return saidPage(one, words, language);
  }
}

/** What was said in the steps before comes back with each; it is checked like everything that comes in. */
function readSo(text: string | null): Values {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Values) : {};
  } catch {
    return {};
  }
}

/** An answer as a form sends it. */
function valueOf({ id, kind, options = [] }: Question, fields: Fields): Value | undefined {
  const text = (fields.get(id) ?? '').trim();
  const number = (typed: string): number | undefined => { const plain = typed.normalize('NFKC').replaceAll(/[,\s]/g, ''); return plain === '' ? undefined : Number(plain); };
  switch (kind) {
    case 'many': return fields.getAll(id);
    case 'number': case 'scale': return number(text);
    case 'table': return options.map((_, row) => number(fields.get(`${id}.${row}`) ?? '') ?? null);
    default: return text === '' ? undefined : text;
  }
}
