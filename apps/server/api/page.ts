import { words, type Words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import type { House, Question } from '@noroshi/foundations/sync';
import { calls, refusals, schemaOf, type Schema } from './openapi.ts';

type Language = 'ja' | 'en';
const speech: Readonly<Record<Language, Words>> = { ja: words('ja', japanese), en: words('en', english) };

/** Text inside HTML. */
const html = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** The API page: to be read, in one piece, without a script. */
export function apiPage(house: House, language: Language): string {
  const { t, refusal } = speech[language];
  const say = (...of: Parameters<typeof t>): string => html(t(...of));
  const other: Language = language === 'ja' ? 'en' : 'ja';
  const all = calls(house);
  const rooms = [...new Set(all.map(({ name }) => name.split('.')[0]!))];
  const sections = rooms.map((room) => {
    const here = all.filter(({ name }) => name.startsWith(`${room}.`));
    return `<section aria-labelledby="room-${html(room)}"><h2 id="room-${html(room)}">${html(room)}</h2><ul class="calls">${here.map(({ name }) => `<li><a href="#${html(name)}"><code>${html(name.slice(room.length + 1))}</code></a></li>`).join('')}</ul>${here.map(({ name, kind, about, signedIn, of }) => `
      <article id="${html(name)}" aria-labelledby="name-${html(name)}">
        <h3 id="name-${html(name)}"><code>${html(name)}</code> <span class="kind">${say(`api.${kind}`)}</span>${signedIn ? '' : ` <span class="kind open">${say('api.withoutSignIn')}</span>`}</h3>
        <p lang="en">${html(about)}</p>
        ${table(schemaOf(of.input, 'input'), t('api.asks'), t)}
        ${kind === 'deed' ? '' : table(schemaOf((of as Question).output, 'output'), t('api.answers'), t)}
      </article>`).join('')}</section>`;
  }).join('');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('api.title')}</title>
<link rel="stylesheet" href="/api/docs.css">
</head>
<body>
<a class="skip" href="#main">${say('app.skip')}</a>
<header><h1>${say('api.title')}</h1><p><a href="?lang=${other}" lang="${other}" hreflang="${other}">${html(speech[other].t('api.inThisLanguage'))}</a> <a href="/api/openapi.json">OpenAPI 3.1 (JSON)</a></p></header>
<nav aria-label="${say('api.rooms')}"><ul>${rooms.map((room) => `<li><a href="#room-${html(room)}">${html(room)}</a></li>`).join('')}<li><a href="#codes">${say('api.codes')}</a></li></ul></nav>
<main id="main">
<section><h2>${say('api.how')}</h2>
<p>${say('api.howDeed')}</p><pre tabindex="0"><code>POST /api/talk.say
Content-Type: application/json

{"id": "0197a000-0000-7000-8000-000000000001", "input": {"room": "…", "text": "…"}}

{"ok": true, "seq": 12, "at": 1530910800000}</code></pre>
<p>${say('api.howQuestion')}</p><p>${say('api.howRefused')}</p><pre tabindex="0"><code>{"ok": false, "code": "input.tooLong", "params": {"at": "text", "max": 10000}}</code></pre>
</section>
${sections}
<section aria-labelledby="codes"><h2 id="codes">${say('api.codes')}</h2>
<table><thead><tr><th scope="col">${say('api.code')}</th><th scope="col">${say('api.sentence')}</th><th scope="col">HTTP</th></tr></thead>
<tbody>${refusals().map(({ code, status }) => `<tr><th scope="row">${path(code)}</th><td>${html(refusal(code))}</td><td>${status}</td></tr>`).join('')}</tbody></table></section>
</main>
</body>
</html>`;
}

/** A dotted name, which may be broken behind its dots and nowhere else. */
const path = (name: string): string => `<code>${html(name).replaceAll('.', '.<wbr>')}</code>`;

interface Field { readonly path: string; readonly form: string; readonly needed: boolean }

function table(schema: Schema, caption: string, t: Words['t']): string {
  const fields = [...fieldsOf(schema, '', true)];
  if (fields.length === 0) return `<p class="none">${html(caption)}: ${html(t('api.nothing'))}</p>`;
  return `<table><caption>${html(caption)}</caption><thead><tr><th scope="col">${html(t('api.field'))}</th><th scope="col">${html(t('api.form'))}</th><th scope="col">${html(t('api.needed'))}</th></tr></thead><tbody>${
    fields.map(({ path: at, form, needed }) => `<tr><th scope="row">${path(at)}</th><td>${html(form)}</td><td>${needed ? html(t('api.yes')) : '–'}</td></tr>`).join('')}</tbody></table>`;
}

/** Each field on a line of its own, however deep it lies. */
function* fieldsOf(schema: Schema, path: string, needed: boolean): Generator<Field> {
  if (schema.properties) {
    if (path) yield { path, form: 'object', needed };
    for (const [key, inner] of Object.entries(schema.properties)) yield* fieldsOf(inner, path ? `${path}.${key}` : key, schema.required?.includes(key) ?? false);
  } else if (typeof schema.items === 'object' && (schema.items.properties || schema.items.items)) {
    yield { path: path || '[]', form: formOf(schema), needed };
    for (const field of fieldsOf(schema.items, `${path}[]`, true)) if (field.path !== `${path}[]`) yield field;
  } else if (path) yield { path, form: formOf(schema), needed };
}

/** A form in a few signs: `string 1–80`, `integer ≥ 0`, `a | b`, `string[] ≤ 500`. */
function formOf(schema: Schema): string {
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(formOf).join(' | ');
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.prefixItems) return `[${schema.prefixItems.map(formOf).join(', ')}]`;
  if (schema.type === 'array') return `${typeof schema.items === 'object' ? formOf(schema.items) : ''}[]${bounds(schema.minItems, schema.maxItems)}`;
  if (schema.type === 'string' && schema.pattern?.includes('[1-8][0-9a-f]{3}')) return 'id';
  if (schema.type === 'string') return `string${bounds(schema.minLength, schema.maxLength)}${schema.pattern ? ` ${schema.pattern}` : ''}`;
  const whole = (n: number | undefined): number | undefined => (n !== undefined && Math.abs(n) >= Number.MAX_SAFE_INTEGER ? undefined : n);
  return `${[schema.type ?? 'any'].flat().join(' | ')}${bounds(whole(schema.minimum), whole(schema.maximum))}`;
}

function bounds(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return ` ${least}–${most}`;
  return least !== undefined ? ` ≥ ${least}` : most !== undefined ? ` ≤ ${most}` : '';
}

/** The page's own look; it loads nothing from outside. */
export const apiPageStyle = `
:root { color-scheme: light dark; --ink: #1a1a1a; --sub: #595959; --rule: #949494; --bg: #fff; --soft: #f2f2f2; --link: #0031d8; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --sub: #b3b3b3; --rule: #767676; --bg: #1a1a1c; --soft: #2a2a2d; --link: #9db7f9; } }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; color: var(--ink); background: var(--bg); font: 1rem/1.7 "Noto Sans JP", "Hiragino Sans", "Yu Gothic UI", sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; }
header p a { margin-inline-end: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .5rem 0; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid var(--rule); }
h3 { margin: 2rem 0 .25rem; font-size: 1.125rem; }
.kind { padding: 0 .5em; border: 1px solid var(--rule); border-radius: 1em; font-size: .875rem; font-weight: normal; }
.open { border-style: dashed; }
table { width: 100%; table-layout: fixed; margin: .5rem 0; border-collapse: collapse; font-size: .9375rem; }
caption, .none { text-align: start; color: var(--sub); font-size: .9375rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--rule); text-align: start; vertical-align: top; font-weight: normal; }
thead th { color: var(--sub); }
code { font-family: ui-monospace, "Noto Sans Mono CJK JP", "BIZ UDGothic", monospace; }
th:first-child { width: 32%; } th:last-child { width: 6em; }
.calls { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0; list-style: none; }
.calls a { display: inline-block; padding: .35rem 0; }
@media (max-width: 40rem) {
  table, caption, tbody, tr, th, td { display: block; width: auto; }
  thead { display: none; }
  th:first-child, th:last-child { width: auto; }
  tr { display: grid; grid-template-columns: 1fr auto; padding: .35rem 0; border-bottom: 1px solid var(--rule); }
  tbody th, td { padding: .1rem 0; border: 0; }
  td:nth-child(2) { grid-row: 2; grid-column: 1 / -1; }
}
pre { padding: .75rem; background: var(--soft); overflow: auto; }
`;
