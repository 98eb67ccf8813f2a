/** A house in which the past is brought, as the screens do it: for the flow tests of this room. */
import { addPerson } from '@noroshi/features/directory';
import { approveRedaction, proposeRedaction } from '@noroshi/features/keeping';
import { beginImport, goesOnWith, imported, lineId, pageId, pastPage, readPage, standOf, type Imported, type PastLine } from '@noroshi/features/past';
import { allKeys, carry, type Ask } from '@noroshi/features/past/carry';
import { inPages, readPast, sortOut } from '@noroshi/features/past/reading';
import { find } from '@noroshi/features/search';
import { SearchIndex } from '@noroshi/features/search/server';
import { say, seatPost } from '@noroshi/features/talk';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { newId, type Actor, type Id } from '@noroshi/foundations/kernel';
import { roomStream, type Deed, type Question } from '@noroshi/foundations/sync';
import type { Device } from '@noroshi/foundations/testing';
import { createHash, randomBytes } from 'node:crypto';
import type * as z from 'zod/mini';
import { found } from '../../apps/found.ts';
import { hotline, type CastName, type Hotline } from './hotline.ts';

export const fresh = (): Id => newId(Date.now(), randomBytes(10));
export const secret = '090-1234-5678';

/** A talk of so many lines, one a minute; the tenth tells a number. */
export const talkOf = (lines: number, from = 0): string => ['2018/07/05(木)', ...Array.from({ length: lines }, (_, k) => {
  const i = from + k;
  return `${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}\t${i % 2 ? '兵頭 太郎' : '山本（消防団）'}\t${i === 9 ? `野村の山本さんは${secret}` : `報告 ${i}`}`;
})].join('\n');

/** A file as it was planned: its pages, and what begins its import. */
export interface Brought { readonly past: Id; readonly pages: PastLine[][]; readonly input: Begin & { readonly file: Id; readonly fileSha256: string }; readonly here: number }
type Begin = z.output<typeof beginImport.input>;
type Line = z.output<typeof readPage.output>['lines'][number];
interface Where { readonly place?: Id }

export class PastHouse {
  readonly box: Hotline;
  readonly search: SearchIndex;
  constructor(box: Hotline) {
    this.box = box;
    this.search = new SearchIndex({ stair: box.stair, found: async () => found, report: (error) => { throw error; } });
  }

  static async open(): Promise<PastHouse> {
    const house = new PastHouse(await hotline());
    await house.box.does('hanako', say, { room: house.box.groupC, text: 'ここで言われたこと' });
    return house;
  }

  async close(): Promise<void> {
    await this.search.stop();
    await this.box.close();
  }

  /** Asks a question, and holds its answer against its shape. */
  asking = (who: Actor): Ask => async <I, O>(of: Question<I, O>, input: I) => {
    const told = await this.box.stair.ask(who, of.question, input);
    return told.ok ? { ok: true as const, value: of.output.parse(told.value) } : told;
  };

  /** What a file comes to, as the screen works it out. */
  async plan(text: string, { place = this.box.groupC }: Where = {}): Promise<Brought> {
    const file = readPast(text, this.box.clock.now());
    if (!file.ok) throw new Error(file.code);
    const { read } = file;
    const [fileSha256, size] = [createHash('sha256').update(text).digest('hex'), Buffer.byteLength(text)];
    const [from, to] = [read.lines[0]!.at, read.lines.at(-1)!.at];
    const all = this.#lie<Imported>(imported.noun, place);
    const past = goesOnWith(all, this.#lie(storedFile.noun, place), { fileSha256, size, from, to })?.id ?? fresh();
    const known = await allKeys(this.asking(this.box.cast.hanako), { place, from, to, but: past });
    if (!known.ok) throw new Error(known.code);
    const { lines, left } = sortOut(read, { here: known.keys, people: [{ id: this.box.cast.taro.person, name: '兵頭 太郎' }] });
    const pages = inPages(lines);
    return {
      past, pages, here: left.filter(({ why }) => why === 'here').length,
      input: { place, id: past, source: 'talk', name: 'talk.txt', fileSha256, size, lines: lines.length, pages: pages.length, left: left.length, from, to, stand: standOf(all), file: fresh() },
    };
  }

  #lie = <T>(noun: string, place: Id): T[] => this.box.stair.memory.of(roomStream(place), noun).map(({ value }) => value as T);

  /** `ok`, or why not. */
  async asks<I>(who: CastName | Actor, deed: Deed<I> & { deed: string }, input: I): Promise<string> {
    const told = await this.box.stair.submit(typeof who === 'string' ? this.box.cast[who] : who, { id: fresh(), name: deed.deed, input });
    return told.ok ? 'ok' : told.code;
  }

  async brings(device: Device, text: string, where: Where = {}): Promise<Brought> {
    const one = await this.plan(text, where);
    await this.box.does('hanako', beginImport, one.input);
    const trouble = await carry(device.end, { place: one.input.place, past: one.past, pages: one.pages, from: 0 }, () => undefined, () => false);
    if (trouble) throw new Error(trouble.code);
    return one;
  }

  /** The lines of a page, for whom they are; `undefined` where it is answered as what is not there. */
  async reads(who: CastName, past: Id, page: number, place = this.box.groupC): Promise<readonly Line[] | undefined> {
    const told = await this.asking(this.box.cast[who])(readPage, { place, past, page });
    if (told.ok) return told.value.lines;
    if (told.code !== 'past.notFound') throw new Error(told.code);
    return undefined;
  }

  async finds(who: CastName, text: string): Promise<readonly unknown[]> {
    await this.search.catchUp();
    const told = await this.asking(this.box.cast[who])(find, { text, shelf: 'past' });
    if (!told.ok) throw new Error(told.code);
    return told.value.shelves[0]?.hits ?? [];
  }

  stateOf(file: Id): string {
    return (this.box.stair.memory.get(storedFile.noun, file)!.value as StoredFile).state;
  }

  now(id: Id): Imported {
    return this.box.stair.memory.get(imported.noun, id)!.value as Imported;
  }

  /** A second administrator, who sits where headquarters does. */
  async jiro(): Promise<Actor> {
    const [id, desk] = [fresh(), fresh()];
    const { ehime } = this.box.orgs;
    await this.box.does('system', addPerson, { id, name: '二宮 次郎', kana: 'にのみや じろう', org: ehime, role: 'administrator', phones: [], post: { id: desk, title: '防災局 主幹', duty: 'headquarters', rank: 31 } });
    await this.box.does('system', seatPost, { post: desk });
    return { person: id, org: ehime, role: 'administrator' };
  }

  /** Two take a line out. */
  async takesOut(past: Id, page: number, line: number, jiro: Actor): Promise<void> {
    const id = pageId(past, page);
    const at = { room: this.box.groupC, thing: { noun: pastPage.noun, id, said: lineId(id, line) } };
    const redaction = await this.box.does('hanako', proposeRedaction, { ...at, parts: ['text'], reason: '個人の電話番号のため' });
    const told = await this.asks(jiro, approveRedaction, { redaction, ...at });
    if (told !== 'ok') throw new Error(told);
  }
}
