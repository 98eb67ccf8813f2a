import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accept, confirm, meet, offer, partners, readCard } from '@noroshi/features/federation';
import type { Id } from '@noroshi/foundations/kernel';
import { until } from '@noroshi/foundations/testing';
import type { z } from 'zod/mini';
import { fresh, post } from '../base-house.ts';
import { Postgres } from '../database.ts';
import { HouseServer } from '../house-server.ts';
import type { LetterLine } from './letter-line.ts';
import type { Side, SideBase } from './pair-base.ts';
import type { Said, Spoken } from './teller.ts';

export interface PairHouseNeeds {
  readonly side: Side;
  readonly base: SideBase;
  /** Its NOROSHI_DATA. */
  readonly data: string;
  readonly port: number;
  /** What lies before its door for partners. */
  readonly line: LetterLine;
  readonly log: string;
  readonly first: readonly string[];
  readonly token: () => string;
  readonly hasFiles: boolean;
}

/** A house that answers nothing for so long (milliseconds) does not come back. */
const mostAway = 120_000;

/** One house of two: its server and its PostgreSQL as processes of their own, and what was said to it. */
export class PairHouse implements Spoken {
  readonly side: Side;
  readonly base: SideBase;
  readonly data: string;
  readonly server: HouseServer;
  readonly postgres: Postgres;
  readonly line: LetterLine;
  readonly token: () => string;
  readonly hasFiles: boolean;
  readonly said: Said[] = [];
  readonly kept: Said[] = [];
  readonly deeds: Record<string, number> = {};

  constructor({ side, base, data, port, line, log, first, token, hasFiles }: PairHouseNeeds) {
    this.side = side;
    this.base = base;
    this.data = data;
    this.line = line;
    this.token = token;
    this.hasFiles = hasFiles;
    this.postgres = new Postgres(join(data, 'postgres'));
    this.server = new HouseServer({ data, port, log, first, environment: { NOROSHI_PUBLIC_URL: line.address, NOROSHI_PARTNERS_INSIDE: '127.0.0.1' } });
  }

  get address(): string {
    return this.server.address;
  }

  /** Does a deed as its first administrator, again until it is answered. @throws where it is refused */
  async does(name: string, input: object): Promise<void> {
    const id = fresh();
    await this.#answered(() => post(this.address, name, { id, input }, this.base.people[0].cookie));
  }

  /** What its first administrator sees of the partners. */
  async sees(): Promise<z.output<typeof partners.output>> {
    return partners.output.parse((await this.#answered(() => post(this.address, partners.question, {}, this.base.people[0].cookie))).body);
  }

  /** However often that takes: a refusal of the house is the end, a server that is away is not. */
  async #answered<T>(what: () => Promise<T>): Promise<T> {
    for (const began = Date.now(); ;) {
      try {
        return await what();
      } catch (error) {
        const { message } = error as Error;
        if (Date.now() - began > mostAway || (/was refused .*"ok":false/.test(message) && !/comeBackLater|slowDown/.test(message))) throw error;
        await pause(150);
      }
    }
  }

  /** Another key than before: what was met with the old one is met no more. */
  async renewsKey(): Promise<void> {
    await this.server.kill({ stay: true });
    rmSync(join(this.data, 'partner-key.pem'), { force: true });
    this.server.start();
    await this.server.up();
  }

  async partner(): Promise<Id | undefined> {
    return (await this.sees()).partners.find(({ revoked }) => !revoked)?.id;
  }
}

/** Cards are handed over and read out on the telephone, on both sides; then the first offers its room, and the other takes it as one of its own. */
export async function meetAndShare(first: PairHouse, second: PairHouse): Promise<void> {
  for (const [house, other] of [[first, second], [second, first]] as const) {
    if (await house.partner()) continue;
    await house.does(meet.deed, readCard((await other.sees()).card!)!);
    await house.does(confirm.deed, { partner: (await house.partner())!, spokeTo: '危機管理監 田中' });
  }
  await shareAnew(first, second);
}

/** The first offers its room, and the other takes it as one of its own. */
export async function shareAnew(first: PairHouse, second: PairHouse): Promise<void> {
  const share = randomUUID();
  const isFree = async (house: PairHouse): Promise<boolean> => !(await house.sees()).shares.some(({ room, state }) => room === house.base.room && state !== 'ended');
  const isOpen = async (house: PairHouse): Promise<boolean> => (await house.sees()).shares.some((one) => one.share === share && one.state === 'open');
  await comes(async () => (await isFree(first)) && (await isFree(second)), 'the sharing before it to be over in both houses');
  await first.does(offer.deed, { share, partner: (await first.partner())!, room: first.base.room });
  await comes(async () => (await second.sees()).asks.some((one) => one.share === share), 'the offer to come');
  await second.does(accept.deed, { share, partner: (await second.partner())!, room: second.base.room });
  await comes(() => isOpen(first), 'the acceptance to come');
}

/** Waits for what one house tells the other. */
const comes = (what: () => Promise<boolean>, sentence: string): Promise<boolean> => until(async () => (await what()) || pause(200, false), sentence, 90_000);
