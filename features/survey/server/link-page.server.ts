import type { Language, Words } from '@noroshi/foundations/i18n';
import { createHash } from 'node:crypto';
import { longestText, type Question, type Values } from '../form.ts';
import { markedTitleOf, optionSays, questionSays } from '../says.ts';
import type { Sheet } from '../sheet.ts';

/** What a form sent. */
export type Fields = URLSearchParams;

/** The dress of the page: one column, large letters, targets of 48 px, dark where the telephone is. */
const style = 'body{max-width:40rem;margin:0 auto;padding:1rem;font:18px/1.7 sans-serif;color:#1a1a1a;background:#fff}h1{font-size:1.3rem}fieldset,.q{margin:0 0 1.5rem;padding:0;border:0}legend,.q>label{display:block;font-weight:700}.o{display:flex;align-items:center;gap:.6rem;min-height:48px}.o input{width:24px;height:24px}input:not([type=radio]):not([type=checkbox]),textarea{box-sizing:border-box;width:100%;min-height:48px;padding:.4rem .6rem;font:inherit;color:inherit;background:#fff;border:1px solid #767676;border-radius:8px}button{width:100%;min-height:56px;font:inherit;font-weight:700;color:#fff;background:#0017c1;border:0;border-radius:8px}.e{font-weight:700;color:#ce0000}.s{color:#4d4d4d}.n{white-space:pre-line}@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#1a1a1a}input:not([type=radio]):not([type=checkbox]),textarea{background:#1a1a1a;border-color:#949494}button{color:#000060;background:#9db7f9}.e{color:#ff7171}.s{color:#ccc}}';
/** Nothing but this dress is let in: no script at all. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function page(title: string, body: string, language: Language): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${safe(title)}</title><style>${style}</style></head><body><main><h1>${safe(title)}</h1>${body}</main></body></html>`;
}

interface FormNow {
  readonly sheet: Sheet;
  readonly questions: readonly Question[];
  readonly from: number;
  readonly isLast: boolean;
  /** What was said so far. */
  readonly so: Values;
  /** The questions whose answers do not fit, or are missing. */
  readonly wrong: ReadonlySet<string>;
}

/** One step of a form. */
export function formPage({ sheet, questions, from, isLast, so, wrong }: FormNow, words: Words, language: Language): string {
  const { t, moment } = words;
  const title = markedTitleOf(sheet, words);
  const head = [
    ...(wrong.size > 0 ? [`<p class="e" role="alert">${safe(t('survey.lacking', { n: wrong.size }))}</p>`] : []),
    ...(sheet.due === undefined ? [] : [`<p class="s">${safe(t('survey.until', { time: moment(sheet.due) }))}</p>`]),
    ...(from === 0 && sheet.anonymous ? [`<p>${safe(t('survey.anonymousSays'))}</p>`] : []),
    ...(from === 0 && sheet.note ? [`<p class="n">${safe(sheet.note)}</p>`] : []),
  ];
  const hidden = `<input type="hidden" name="from" value="${from}"><input type="hidden" name="so" value="${safe(JSON.stringify(so))}"><input type="hidden" name="lang" value="${language}">`;
  return page(title, `${head.join('')}<form method="post">${hidden}${questions.map((one) => field(one, so, wrong.has(one.id), words)).join('')}<button>${safe(t(isLast ? 'survey.send' : 'survey.pageNext'))}</button></form>`, language);
}

/** Thanks, when all of it is in. */
export const saidPage = (sheet: Sheet, { t }: Words, language: Language): string => page(sheet.title, `<p role="status">${safe(t('survey.link.said'))}</p>`, language);

/** Whatever the reason: wrong, ended, taken back, answered, over. */
export const nothingPage = ({ t }: Words, language: Language): string => page(t('survey.link.nothing'), `<p>${safe(t('survey.link.nothingSays'))}</p>`, language);

function field(question: Question, so: Values, isWrong: boolean, words: Words): string {
  const { t } = words;
  const { id, kind, note, required, options = [], max = 0 } = question;
  const value = so[id];
  const name = `${safe(questionSays(question, words))}${required ? '' : ` <span class="s">${safe(t('survey.optional'))}</span>`}`;
  const hint = `${note ? `<p class="s" id="${id}-note">${safe(note)}</p>` : ''}${isWrong ? `<p class="e" id="${id}-wrong">${safe(t('survey.pleaseAnswer'))}</p>` : ''}`;
  const described = note || isWrong ? ` aria-describedby="${[note && `${id}-note`, isWrong && `${id}-wrong`].filter(Boolean).join(' ')}"` : '';
  const group = (inside: string): string => `<fieldset${described}><legend>${name}</legend>${hint}${inside}</fieldset>`;
  const choice = (type: 'radio' | 'checkbox', key: string, says: string, on: boolean): string => `<label class="o"><input type="${type}" name="${id}" value="${key}"${on ? ' checked' : ''}><span>${safe(says)}</span></label>`;
  if (kind === 'one') return group(options.map((one) => choice('radio', one.id, optionSays(question, one.id, words), value === one.id)).join(''));
  if (kind === 'many') return group(options.map((one) => choice('checkbox', one.id, optionSays(question, one.id, words), Array.isArray(value) && value.includes(one.id))).join(''));
  if (kind === 'scale') return group(Array.from({ length: max }, (_, n) => choice('radio', String(n + 1), String(n + 1), value === n + 1)).join(''));
  if (kind === 'table') return group(options.map((one, row) => `<p class="q"><label for="${id}.${row}">${safe(one.name)}</label><input id="${id}.${row}" name="${id}.${row}" inputmode="decimal" maxlength="16" value="${safe(String(Array.isArray(value) ? value[row] ?? '' : ''))}"></p>`).join(''));
  const given = safe(value === undefined ? '' : String(value));
  const input = kind === 'text'
    ? `<textarea id="${id}" name="${id}" rows="4" maxlength="${longestText}"${described}>${given}</textarea>`
    : `<input id="${id}" name="${id}" ${kind === 'number' ? 'inputmode="decimal" maxlength="16"' : kind === 'date' ? 'type="date"' : kind === 'moment' ? 'type="datetime-local"' : 'maxlength="300"'} value="${given}"${described}>`;
  return `<div class="q"><label for="${id}">${name}</label>${hint}${input}</div>`;
}
