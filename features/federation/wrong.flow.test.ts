import { at, signedAnew, takesOut } from '@noroshi/e2e/signed';
import { meetAnew } from '@noroshi/e2e/met';
import { covers, read, type Texts } from '@noroshi/e2e/taken-out';
import { says, verify, type Verdict } from '@noroshi/features/record/proof';
import { checkSignature, zip } from '@noroshi/features/record/taken-out';
import { words } from '@noroshi/foundations/i18n';
import { english } from '@noroshi/foundations/i18n/en';
import { japanese } from '@noroshi/foundations/i18n/ja';
import { canonical } from '@noroshi/foundations/kernel';
import { expect, it } from 'vitest';
import type { SignedLine } from '../record/proof/form.ts';

meetAnew();
signedAnew();

const tongues = [words('ja', japanese), words('en', english)];

/** Checks what is packed anew in memory. */
async function verdictOf(texts: Texts): Promise<Verdict> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip((async function* () { for (const [name, text] of texts) yield { name, data: [Buffer.from(text)], stored: true }; })(), new Date(0))) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  return verify({ source: { size: whole.length, read: async (from, to) => Uint8Array.from(whole.subarray(from, to)), inflate: (bytes) => bytes }, checkSignature });
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);
/** What may stand where something of another kind belongs: the last breaks whoever makes a text of it. */
const strangers: readonly unknown[] = [null, 7, 9e15, '七', [null], { toString: 1, valueOf: 1 }];
const missing = Symbol('missing');

let turn = 0;
/** A value with one thing in it left out, or replaced by what does not belong there, another each time; of long lists and tables, in the first two. */
function* twisted(value: unknown, path = ''): Generator<{ path: string; put: unknown; value: unknown }> {
  const others = [...strangers.filter((put) => kindOf(put) !== kindOf(value) || put === 9e15), ...(path === '' ? [] : [missing])];
  const put = others[turn++ % others.length];
  yield { path, put, value: put };
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value).slice(0, /keys|streams|kinds|files|\d$/.test(path) ? 2 : Infinity)) {
    for (const one of twisted(Reflect.get(value, key), `${path}/${key}`)) {
      const next: Record<string, unknown> = { ...value, [key]: one.value };
      if (one.value === missing) delete next[key];
      yield { ...one, value: Array.isArray(value) ? Object.values(next) : next };
    }
  }
}

it('R7 R11 whatever stands in a field in place of what was written, a check names it in both languages, and never breaks; nor where a line lies deeper than anybody can walk', async () => {
  const texts = await read(await takesOut());
  const lineOf = (part: string, text: string | RegExp): number => texts.get(part)!.split('\n').findIndex((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)));
  const put = (part: string, n: number, line: string): Texts => {
    const forged = new Map(texts).set(part, texts.get(part)!.split('\n').with(n, line).join('\n'));
    covers(forged);
    return forged;
  };
  const looks: [string, number, (line: string) => Iterable<{ path: string; put: unknown; line: string }>][] = [];
  const inLine = function* (line: string): Generator<{ path: string; put: unknown; line: string }> {
    for (const one of twisted(JSON.parse(line))) yield { ...one, line: canonical(one.value) };
  };
  const inRest = function* (line: string): Generator<{ path: string; put: unknown; line: string }> {
    const { rest, ...signed } = JSON.parse(line) as SignedLine;
    for (const one of twisted(JSON.parse(rest!))) yield { ...one, path: `rest${one.path}`, line: canonical({ ...signed, rest: JSON.stringify(one.value) }) };
  };
  for (const text of ['"attachments"', '"orgName":"広島県"', '"kind":414']) looks.push(['events.jsonl', at(texts, text) - 1, inLine]);
  for (const text of [/"envelope"/, /"level"/]) looks.push(['log.jsonl', lineOf('log.jsonl', text), inLine]);
  const signed = texts.get('partners.jsonl')!.split('\n').findIndex((line) => line.includes('attachments'));
  looks.push(['partners.jsonl', 0, inLine], ['partners.jsonl', signed, inLine], ['partners.jsonl', signed, inRest], ['partners.jsonl', lineOf('partners.jsonl', /^\{"head":"[^"]*","org":/), inLine]);

  // A house of an earlier edition does not say whose record it is, nor of which rooms something is signed.
  const isUntold = (path: string, stranger: unknown): boolean => stranger === missing && /^\/(?:here|rooms(?:\/0)?)$/.test(path);
  let n = 0;
  const isNamed = async (forged: Texts, what: string): Promise<string[]> => {
    n += 1;
    const verdict = await verdictOf(forged).catch((error: unknown) => { throw new Error(`${what} breaks the check`, { cause: error }); });
    for (const tongue of tongues) for (const line of says(verdict, tongue).found) expect(line, what).toMatch(/^[^{}]*\S[^{}]*$/);
    return verdict.found.map(({ code }) => code);
  };
  expect(await isNamed(texts, 'what was taken out')).toEqual([]);
  for (const [part, line, changes] of looks) {
    expect(line, part).toBeGreaterThanOrEqual(0);
    for (const { path, put: stranger, line: text } of changes(texts.get(part)!.split('\n')[line]!)) {
      if (isUntold(path, stranger)) continue;
      const what = `${part} ${line + 1} ${path}: ${stranger === missing ? 'missing' : JSON.stringify(stranger)}`;
      // The manifest is not this house's any more: that alone would name everything.
      expect((await isNamed(put(part, line, text), what)).filter((code) => code !== 'manifestChanged'), what).not.toEqual([]);
    }
  }
  for (const { path, put: stranger, value } of twisted(JSON.parse(texts.get('manifest.json')!))) {
    const what = `manifest ${path}: ${stranger === missing ? 'missing' : JSON.stringify(stranger)}`;
    const codes = await isNamed(new Map(texts).set('manifest.json', JSON.stringify(value)), what);
    if (stranger === missing || stranger === 9e15) expect(codes, what).not.toEqual([]);
    else expect(codes, what).toContain('manifestUnreadable');
  }
  expect(n).toBeGreaterThan(150);
  // What lies so deep that nobody could walk it, and a name that is none.
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  for (const [part, code] of [['events.jsonl', 'lineUnreadable'], ['log.jsonl', 'logUnreadable'], ['partners.jsonl', 'partnerUnreadable'], ['manifest.json', 'manifestUnreadable'], ['names.json', 'partChanged']] as const) {
    const forged = new Map(texts).set(part, texts.get(part)!.replace(/^.*$/m, `{"a":${deep}}`));
    if (part !== 'manifest.json' && part !== 'names.json') covers(forged);
    expect((await verdictOf(forged)).found.map((one) => one.code), part).toContain(code);
  }
  expect((await verdictOf(new Map(texts).set('names.json', '{"rooms":{"w":{"toString":1}}}'))).found).toMatchObject([{ code: 'partChanged' }]);
}, 150_000);
