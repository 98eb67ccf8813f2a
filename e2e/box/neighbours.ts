import { addPerson, amendOrganization, type Organization } from '@noroshi/features/directory';
import { accept, confirm, meet, offer, partners, readCard, sharing, type Sharing } from '@noroshi/features/federation';
import type { Carry } from '@noroshi/features/federation/server';
import { approveRedaction, proposeRedaction } from '@noroshi/features/keeping';
import { addPeople, message, openRoom, say, type Attachment, type Message } from '@noroshi/features/talk';
import { backUp, restore } from '@noroshi/foundations/backup';
import { freshDatabase } from '@noroshi/foundations/database/testing';
import { storedFile, type StoredFile } from '@noroshi/foundations/files';
import { openFiles } from '@noroshi/foundations/files/server';
import { newId, type Id } from '@noroshi/foundations/kernel';
import type { Part } from '@noroshi/foundations/redacts';
import { roomStream, type Deed } from '@noroshi/foundations/sync';
import { Stair } from '@noroshi/foundations/sync/server';
import { answers, house as wholeHouse } from '@noroshi/server/features';
import { migrations } from '@noroshi/server/migrations';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod/mini';
import { openDoor, type OpenDoor } from './door.ts';
import { hotline, type Hotline } from './hotline.ts';

const fresh = (): Id => newId(Date.now(), randomBytes(10));
type Side = 'ehime' | 'hiroshima';

/** One house of two: its hotline, its door, and the room that it shares. */
export interface House {
  readonly side: Side;
  /** Its cast and its clock; what it is now stands behind `door`. */
  readonly box: Hotline;
  door: OpenDoor;
  readonly room: Id;
  /** What was sent from here, whether or not it came through. */
  readonly sent: Buffer[];
  readonly key: string;
  /** Where its photographs and files lie. */
  readonly data: string;
}

/** Two whole houses, each with a database of its own, and a wire between them. */
export class Neighbours {
  readonly ehime: House;
  readonly hiroshima: House;
  readonly #folder: string;
  readonly #places: (() => Promise<void>)[] = [];
  /** What becomes of a letter on its way: it is brought on, or whatever a test does with it. */
  onWire: (letter: Buffer, bring: (letter: Buffer) => ReturnType<Carry>, from: Side) => ReturnType<Carry> = (letter, bring) => bring(letter);

  private constructor(folder: string, houses: Record<Side, Omit<House, 'door'>>) {
    this.#folder = folder;
    this.ehime = houses.ehime as House;
    this.hiroshima = houses.hiroshima as House;
  }

  /** Both houses, open, who have never met. */
  static async open(): Promise<Neighbours> {
    const folder = await mkdtemp(join(tmpdir(), 'noroshi-neighbours-'));
    const built = async (side: Side): Promise<Omit<House, 'door'>> => {
      const box = await hotline();
      const room = fresh();
      await box.does('hanako', openRoom, { id: room, kind: 'purpose', name: side === 'ehime' ? '広島との応援調整' : '愛媛支援室', short: '応', orgs: [], people: [box.cast.taro.person] });
      return { side, box, room, sent: [], key: join(folder, `${side}.pem`), data: join(folder, side) };
    };
    const both = new Neighbours(folder, { ehime: await built('ehime'), hiroshima: await built('hiroshima') });
    // The box is Ehime whoever opens it: the second is called as its neighbour, and what was its neighbour otherwise.
    const { box } = both.hiroshima;
    for (const [id, name, short] of [[box.orgs.hiroshima, '島根県', '島根'], [box.orgs.ehime, '広島県', '広島']] as const) {
      const was = box.stair.memory.get('organization', id)!.value as Organization;
      await box.does('hanako', amendOrganization, { ...was, name, short });
    }
    for (const house of both.houses) house.door = await both.#doorOf(house, house.box.stair);
    return both;
  }

  get houses(): readonly House[] {
    return [this.ehime, this.hiroshima];
  }

  #doorOf(house: House, stair: Stair): Promise<OpenDoor> {
    const carry: Carry = (_address, letter) => {
      house.sent.push(letter);
      return this.onWire(letter, (bytes) => brings(this.other(house), bytes), house.side);
    };
    return openDoor(stair, { dataFolder: house.data, partners: { address: `https://${house.side}.example`, carry, key: house.key } });
  }

  /** Stops a house as a kill would, and opens it anew: on the same tables, or on others. */
  async reopen(house: House, pool = house.door.stair.pool): Promise<void> {
    await house.door.federation.stop();
    await house.door.close();
    house.door.stair.halt();
    house.door = await this.#doorOf(house, await Stair.open({ pool, house: wholeHouse, answers, now: house.box.clock.now }));
  }

  /** A backup of a house as it stands. @returns how it is brought back */
  async backUp(house: House): Promise<() => Promise<void>> {
    const out = new PassThrough();
    const [archive] = await Promise.all([buffer(out), backUp(house.door.stair.pool, join(this.#folder, 'none'), out, Date.now())]);
    return async () => {
      const place = await freshDatabase({ empty: true });
      this.#places.push(() => place.close());
      const from = new PassThrough();
      from.end(archive);
      await restore(place.pool, join(this.#folder, randomUUID()), from, migrations);
      await this.reopen(house, place.pool);
    };
  }

  other(house: House): House {
    return house === this.ehime ? this.hiroshima : this.ehime;
  }

  /** Does a deed as an administrator of a house, or as whoever is named. @throws where it is refused */
  async does<I>(house: House, deed: Deed<I, any> & { deed: string }, input: I, who: 'hanako' | 'taro' | 'aoi' | 'mika' = 'hanako', id = fresh()): Promise<Id> {
    const answer = await house.door.stair.submit(house.box.cast[who], { id, name: deed.deed, input });
    if (!answer.ok) throw new Error(`${deed.deed}: ${answer.code}`);
    return id;
  }

  /** What an administrator sees of the partners. */
  async sees(house: House): Promise<z.output<typeof partners.output>> {
    const told = await house.door.stair.ask(house.box.cast.hanako, partners.question, {});
    if (!told.ok) throw new Error(told.code);
    return partners.output.parse(told.value);
  }

  /** Cards are handed over and read out on the telephone, on both sides. */
  async meet(): Promise<void> {
    for (const house of this.houses) {
      const card = readCard((await this.sees(this.other(house))).card!)!;
      const partner = await this.does(house, meet, card);
      await this.does(house, confirm, { partner, spokeTo: '危機管理監 田中' });
    }
  }

  async partnerOf(house: House): Promise<Id> {
    return (await this.sees(house)).partners.find(({ revoked }) => !revoked)!.id;
  }

  /** Ehime offers its room, and Hiroshima takes it as one of its own. @returns the share */
  async share(): Promise<Id> {
    const share = randomUUID();
    await this.does(this.ehime, offer, { share, partner: await this.partnerOf(this.ehime), room: this.ehime.room });
    await this.settles();
    await this.does(this.hiroshima, accept, { share, partner: await this.partnerOf(this.hiroshima), room: this.hiroshima.room });
    await this.settles();
    for (const house of this.houses) if (this.sharing(house)?.share !== share) throw new Error(`${house.side} does not share`);
    return share;
  }

  sharing(house: House): Sharing | undefined {
    return house.door.stair.memory.get(sharing.noun, house.room)?.value as Sharing | undefined;
  }

  /** Whatever can go has gone, both ways. */
  async settles(): Promise<void> {
    for (let i = 0; i < 4; i++) {
      for (const { door } of this.houses) {
        const { courier, fetcher } = await door.federation.open();
        courier.look();
        fetcher.look();
        await Promise.all([courier.settled(), fetcher.settled()]);
      }
    }
  }

  /** Time goes by in both houses. */
  async passes(ms: number): Promise<void> {
    for (const { box } of this.houses) box.clock.pass(ms);
    await this.settles();
  }

  says(house: House, text: string, more: object = {}, who: 'hanako' | 'taro' = 'taro'): Promise<Id> {
    return this.does(house, say, { room: house.room, text, ...more }, who);
  }

  /** Says something that has a file with it, whose bytes are still on a telephone. @returns the message and the file */
  async announces(house: House, size: number, more: Partial<Attachment> = {}): Promise<{ message: Id; file: Id }> {
    const file = fresh();
    const attachment: Attachment = { file, kind: 'file', name: '避難所名簿.pdf', size, type: 'application/pdf', ...more };
    return { message: await this.says(house, '送ります', { attachments: [attachment] }), file };
  }

  /** The bytes come to their own house. */
  async arrives(house: House, file: Id, bytes: Uint8Array): Promise<void> {
    const refusal = await (await openFiles({ stair: house.door.stair, folder: house.data })).takeWhole(file, bytes);
    if (refusal) throw new Error(refusal.code);
  }

  /** 黒塗り: two administrators of a house take parts of a message out of its record, the second of whom is new. */
  async blacksOut(house: House, message: Id, parts: Part[]): Promise<void> {
    const second = { person: fresh(), org: house.box.orgs.ehime, role: 'administrator' } as const;
    await this.does(house, addPerson, { id: second.person, org: second.org, role: second.role, name: '二人目', kana: '', phones: [] });
    await this.does(house, addPeople, { room: house.room, people: [second.person], history: true });
    const redaction = await this.does(house, proposeRedaction, { room: house.room, message, parts, reason: '個人情報' });
    const answer = await house.door.stair.submit(second, { id: fresh(), name: approveRedaction.deed, input: { redaction, room: house.room, message } });
    if (!answer.ok) throw new Error(answer.code);
  }

  /** What stands of files in the room of a house. */
  files(house: House): StoredFile[] {
    return house.door.stair.memory.of(roomStream(house.room), storedFile.noun).map(({ value }) => value as StoredFile);
  }

  /** What stands in the talk of a house, in its order; what came from the other with 外部 in front. The hotline's own lines in brackets. */
  async reads(house: House): Promise<string[]> {
    const { stair } = house.door;
    const on = roomStream(house.room);
    const { rows } = await stair.pool.query<{ value: Message }>('select n.value from noun n join stream s on s.no = n.stream where s.key = $1 and n.noun = $2 order by n.born', [on, message.noun]);
    return rows.map(({ value }) => {
      const card = stair.memory.member(on, value.by)?.card;
      return value.note ? `[${value.note.line}]` : `${card?.guest ? `外部 ${card.orgName} ` : ''}${value.withdrawn ? '(取消)' : value.text ?? value.sticker ?? value.place?.name}`;
    });
  }

  /** Of that, what came from the other house. */
  async hears(house: House): Promise<string[]> {
    const from = `外部 ${house.side === 'ehime' ? '広島県' : '愛媛県'} `;
    return (await this.reads(house)).filter((line) => line.startsWith('外部')).map((line) => line.replace(from, ''));
  }

  async close(): Promise<void> {
    for (const { door, box } of this.houses) {
      await door.federation.stop();
      await door.close();
      door.stair.halt();
      await box.close();
    }
    for (const close of this.#places) await close();
    await rm(this.#folder, { recursive: true });
  }
}

/** A letter comes to a door as the network would bring it. */
export async function brings({ door }: House, letter: Buffer, headers: Record<string, string> = {}): ReturnType<Carry> {
  const answer = await door.app.inject({ method: 'POST', url: '/federation/parcels', payload: letter, headers: { 'content-type': 'application/octet-stream', ...headers } });
  return { status: answer.statusCode, words: answer.rawPayload, retryAfter: answer.headers['retry-after'] === undefined ? undefined : Number(answer.headers['retry-after']) };
}
