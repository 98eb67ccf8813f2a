import { newId, systemActor, type Id, type Moment } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { Buckets, type OnTheLine, type Stair } from '@noroshi/foundations/sync/server';
import { randomBytes } from 'node:crypto';
import { end, join, leave } from '../attend.ts';
import { call as callNoun, present, type Call } from '../call-noun.ts';
import { grace, mostDevices, mostDirect, readSignal, type DownSignal, type UpSignal } from '../signal.ts';
import type { Switchboard } from './janus.server.ts';
import { seatOf, tell, type Carrier, type Chair, type Table } from './table.server.ts';
import { iceServersFor, type Turn } from './turn.server.ts';

/** A device says that it is there every five seconds. One that has not for so long is away (milliseconds). */
const silent = 12_000;
/** What is longer than so many characters is paid for as several: it goes down somebody’s thin line. */
const costly = 2_048;
/** A call to which nobody has come for so long is over (milliseconds). */
const unanswered = 90_000;
/** With so many devices one person may be in a call: a telephone, a PC, and one that has just died. */
const mostOfOne = 3;

export interface DeskNeeds {
  readonly stair: Stair;
  readonly turn: Turn | undefined;
  /** The way for more than can see each other directly; undefined where there is no Janus. */
  readonly janus: (() => Promise<Switchboard>) | undefined;
  readonly report: (error: unknown, what: string) => void;
}

/** Who is in which call, by which device, and what they say to each other. Nothing of it is kept. */
export class Desk {
  readonly #needs: DeskNeeds;
  readonly #tables = new Map<Id, Table>();
  readonly #says: Buckets<Id>;
  /** How often someone comes in: each time stands in the record. */
  readonly #comes: Buckets<Id>;
  #seats = 0;

  constructor(needs: DeskNeeds) {
    this.#needs = needs;
    this.#says = new Buckets({ burst: 300, perSecond: 10 }, needs.stair.now);
    this.#comes = new Buckets({ burst: 20, perSecond: 1 / 15 }, needs.stair.now);
  }

  /** A device is on the line of a call. */
  open(who: OnTheLine, { send, close }: Carrier): { hear(text: string): Promise<void>; gone(): void } {
    let at: { table: Table; chair: Chair } | undefined;
    // By whomever it ends: what has waited to be heard until then is not heard any more.
    let over = false;
    const carrier: Carrier = {
      send,
      close: (code, why) => {
        over = true;
        close(code, why);
      },
    };
    const end = async (code: string, params?: Readonly<Record<string, string | number>>): Promise<void> => {
      const was = at;
      at = undefined;
      tell(carrier, { is: 'over', code, ...(params ? { params } : {}) });
      carrier.close(4000, code);
      // Nothing more is told to whoever is put out, and to the others they are gone.
      if (was?.chair.carrier === carrier) await this.#empty(was.table, was.chair);
    };
    return {
      hear: async (text) => {
        // Who says too much, or too much at once, is heard slowly.
        const wait = this.#says.spend(who.session, Math.max(1, Math.ceil(text.length / costly)));
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
        if (over) return;
        const actor = who.actor();
        if (!actor) return end('account.signedOut');
        const said = readSignal(text);
        if (!said) return end('line.garbage');
        if (said.is === 'enter') {
          const told = at ? 'line.garbage' : await this.#enter(who, actor.person, carrier, said);
          if (typeof told === 'string') return end(told, told === 'call.full' ? { max: mostDirect } : undefined);
          at = told;
          // Its line has gone while it came in.
          if (over && told.chair.carrier === carrier) told.chair.carrier = undefined;
        } else if (at?.chair.carrier !== carrier) await end('line.garbage');
        // Whoever may not see the room any more is out of its call as well.
        else if (!this.#needs.stair.memory.maySee(actor.person, roomStream(at.table.room))) await end('call.notFound');
        else await this.#say(at.table, at.chair, said);
      },
      gone: () => {
        over = true;
        if (at?.chair.carrier === carrier) at.chair.carrier = undefined;
      },
    };
  }

  #call = (id: Id): Call | undefined => this.#needs.stair.memory.get(callNoun.noun, id)?.value as Call | undefined;

  async #enter(who: OnTheLine, person: Id, carrier: Carrier, { device, room, call, state }: UpSignal & { is: 'enter' }): Promise<{ table: Table; chair: Chair } | string> {
    const { stair, janus } = this.#needs;
    const doc = stair.memory.get(callNoun.noun, call);
    const stay = stair.memory.maySee(person, roomStream(room));
    if (!doc || doc.stream !== roomStream(room) || !stay || !stair.memory.isVisible(doc, stay)) return 'call.notFound';
    const table = this.#tables.get(call) ?? { room, call, chairs: new Map<Id, Chair>(), via: 'direct' as const, lets: null };
    const before = table.chairs.get(device);
    if (before && (before.session !== who.session || before.person !== person)) return 'call.notFound';
    if (!before && table.chairs.size >= (janus ? mostDevices : mostDirect)) return 'call.full';
    if (!before && ([...table.chairs.values()].filter((one) => one.person === person).length >= mostOfOne || this.#comes.take(person) > 0)) return 'call.comeLater';
    const chair: Chair = before ?? { device, person, session: who.session, who, seat: ++this.#seats, state, carrier, heard: stair.now() };
    // Its place is taken before anything is waited for: two that come at once are both counted.
    this.#tables.set(call, table);
    table.chairs.set(device, chair);
    const joined = present(this.#call(call)!).includes(person) ? { ok: true as const } : await this.#submit(join.deed, { room, call, person });
    if (!joined.ok && joined.code !== 'call.hereAlready') {
      this.#stand(table, chair);
      return joined.code;
    }
    if (before?.carrier && before.carrier !== carrier) before.carrier.close(4000, 'line.tooMany');
    chair.carrier = carrier;
    chair.state = state;
    chair.heard = stair.now();
    if (table.via === 'direct' && table.chairs.size > mostDirect && janus) this.#switch(table);
    const kind = this.#call(call)!.kind;
    tell(carrier, { is: 'here', kind, seat: chair.seat, seats: this.#others(table, chair).map(seatOf), via: table.via, ice: iceServersFor(this.#needs.turn, person, stair.now()), lets: table.lets });
    this.#tellOthers(table, chair, before ? { is: 'state', device, state } : { is: 'came', seat: seatOf(chair) });
    return { table, chair };
  }

  async #say(table: Table, chair: Chair, said: Exclude<UpSignal, { is: 'enter' }>): Promise<void> {
    chair.heard = this.#needs.stair.now();
    switch (said.is) {
      case 'alive': return tell(chair.carrier, { is: 'alive' });
      case 'to': return tell(table.chairs.get(said.device)?.carrier, { is: 'from', device: chair.device, say: said.say });
      case 'state': {
        chair.state = said.state;
        return this.#tellOthers(table, chair, { is: 'state', device: chair.device, state: said.state });
      }
      case 'point': {
        // Where one shows, only whom they let may point. (CA11)
        const isShown = this.#call(table.call)?.kind === 'show';
        if (isShown && table.lets !== chair.device && !this.#shows(table, chair)) return;
        for (const one of table.chairs.values()) tell(one.carrier, { is: 'point', by: chair.device, device: said.device, x: said.x, y: said.y });
        return;
      }
      case 'lets': {
        if (!this.#shows(table, chair)) return;
        table.lets = said.device;
        for (const one of table.chairs.values()) tell(one.carrier, { is: 'lets', device: said.device });
        return;
      }
      case 'leave': return this.#leave(table, chair);
      default: return this.#throughJanus(table, chair, said);
    }
  }

  /** Whether this device is that of who started the call, and so shows. */
  #shows = (table: Table, chair: Chair): boolean => this.#call(table.call)?.by === chair.person;

  async #leave(table: Table, chair: Chair): Promise<void> {
    await this.#empty(table, chair);
    tell(chair.carrier, { is: 'over', code: 'call.left' });
    chair.carrier?.close(1000, 'left');
  }

  /** Someone's device is in it no more; with another of theirs they are in it still. */
  async #empty(table: Table, chair: Chair): Promise<void> {
    this.#stand(table, chair);
    if (![...table.chairs.values()].some(({ person }) => person === chair.person)) await this.#submit(leave.deed, { room: table.room, call: table.call, person: chair.person });
  }

  /** A chair is empty from now on. */
  #stand(table: Table, chair: Chair): void {
    if (table.chairs.get(chair.device) !== chair) return;
    table.chairs.delete(chair.device);
    if (table.lets === chair.device) table.lets = null;
    this.#tellOthers(table, chair, { is: 'went', device: chair.device });
    if (table.via === 'janus') void this.#needs.janus!().then((board) => board.gone(table.call, chair.device)).catch((error: unknown) => this.#needs.report(error, 'Janus'));
    if (table.chairs.size === 0) this.#tables.delete(table.call);
  }

  /** From now on, and until it ends, all of it goes through Janus. (CA7) */
  #switch(table: Table): void {
    table.via = 'janus';
    for (const one of table.chairs.values()) tell(one.carrier, { is: 'via', via: 'janus' });
  }

  async #throughJanus(table: Table, chair: Chair, said: Extract<UpSignal, { is: 'publish' | 'watch' | 'watching' }>): Promise<void> {
    const { janus, report } = this.#needs;
    if (table.via !== 'janus' || !janus) return;
    try {
      const board = await janus();
      if (said.is === 'publish') {
        const answer = await board.publish(table.call, chair.device, said.offer, (devices) => tell(chair.carrier, { is: 'feeds', devices: devices.filter((device) => table.chairs.has(device)) }));
        return tell(chair.carrier, { is: 'published', answer });
      }
      if (said.is === 'watching') return await board.watching(table.call, chair.device, said.device, said.answer);
      const offer = table.chairs.has(said.device) ? await board.watch(table.call, chair.device, said.device, chair.state.sees) : undefined;
      if (offer !== undefined) tell(chair.carrier, { is: 'offered', device: said.device, offer });
    } catch (error) {
      report(error, 'Janus');
      // It begins anew with its next line.
      chair.carrier?.close(1011, 'janus');
    }
  }

  /**
   * Takes out whose line has been away for too long and who may not be here any more, and ends what nobody is in. To be asked every few seconds.
   * @param running the calls that run, by id; also those that this process has not held from their beginning
   */
  async look(running: Iterable<readonly [call: Id, room: Id]>): Promise<void> {
    const { memory, now: clock } = this.#needs.stair;
    const now = clock();
    this.#wakes(now);
    for (const table of [...this.#tables.values()]) {
      for (const chair of [...table.chairs.values()]) {
        if (chair.who.actor() && memory.maySee(chair.person, roomStream(table.room))) this.#isThere(table, chair, now);
        else await this.#putOut(table, chair);
      }
    }
    for (const [call, room] of running) {
      const one = this.#call(call);
      if (!one || one.ended !== undefined) continue;
      const sitting = new Set([...this.#tables.get(call)?.chairs.values() ?? []].map(({ person }) => person));
      for (const person of present(one)) {
        // Each by their own coming: what others do keeps nobody in it.
        const since = Math.max(this.#since, ...one.visits.filter((visit) => visit.person === person).map(({ from }) => from));
        if (!sitting.has(person) && now - since > grace) await this.#submit(leave.deed, { room, call, person, lost: 1 });
      }
      const last = Math.max(one.at, this.#since, ...one.visits.map(({ from }) => from));
      if (present(one).length === 0 && now - last > unanswered) await this.#submit(end.deed, { room, call });
    }
  }

  /** When it was last looked, by a clock that nobody sets. */
  #looked = performance.now();
  /** A server that stood still itself (a machine that was paused, or gave it no turn) has heard nobody meanwhile: who was there then is waited for anew. (CA4) */
  #wakes(now: Moment): void {
    const before = this.#looked;
    this.#looked = performance.now();
    if (this.#looked - before <= silent) return;
    this.#since = now;
    for (const { chairs } of this.#tables.values()) for (const chair of chairs.values()) chair.heard = now;
  }

  /** Whether a device is still heard of. */
  #isThere(table: Table, chair: Chair, now: Moment): void {
    if (chair.carrier && now - chair.heard > silent) {
      chair.carrier.close(4000, 'line.gone');
      chair.carrier = undefined;
    }
    if (!chair.carrier && now - chair.heard > grace) this.#stand(table, chair);
  }

  /** Whoever was put out of the room, or signed out, hears nothing more of its call. */
  async #putOut(table: Table, chair: Chair): Promise<void> {
    const { carrier } = chair;
    chair.carrier = undefined;
    tell(carrier, { is: 'over', code: 'call.notFound' });
    carrier?.close(4000, 'call.notFound');
    await this.#empty(table, chair);
  }

  /** Since when there is somebody to come back to: a server that has just begun waits for those whose lines it ended. */
  #since = 0;
  begins(at: Moment): this {
    this.#since = at;
    return this;
  }

  /** A call is over: whoever is still on its line is told. */
  over(call: Id): void {
    const table = this.#tables.get(call);
    if (!table) return;
    this.#tables.delete(call);
    for (const { carrier } of table.chairs.values()) {
      tell(carrier, { is: 'over', code: 'call.over' });
      carrier?.close(1000, 'over');
    }
    if (table.via === 'janus') void this.#needs.janus!().then((board) => board.over(call)).catch((error: unknown) => this.#needs.report(error, 'Janus'));
  }

  #others = ({ chairs }: Table, but: Chair): Chair[] => [...chairs.values()].filter((one) => one !== but);

  #tellOthers(table: Table, but: Chair, said: DownSignal): void {
    for (const one of this.#others(table, but)) tell(one.carrier, said);
  }

  async #submit(name: string, input: object): Promise<{ ok: true } | { ok: false; code: string }> {
    const { stair } = this.#needs;
    return stair.submit(systemActor, { id: newId(stair.now(), randomBytes(10)), name, input });
  }
}
