import type { StreamKey } from '@noroshi/foundations/sync';
import type { LineState } from './connection.web.ts';

/** What joins the tabs of one person in one browser: a `BroadcastChannel`. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: any) => void) | null;
  close(): void;
}

/** What the tabs tell each other. */
type Said =
  /** A tab is here, with this room on its screen. */
  | { readonly is: 'here'; readonly tab: string; readonly room?: StreamKey | undefined }
  | { readonly is: 'gone'; readonly tab: string }
  | { readonly is: 'older'; readonly tab: string; readonly n: number; readonly stream: StreamKey; readonly limit: number }
  /** What a tab asked for is held now, or cannot be had. */
  | { readonly is: 'done'; readonly tab: string; readonly n: number }
  | { readonly is: 'hurry' }
  /** Another tab is on the line from now on. */
  | { readonly is: 'leads' }
  | { readonly is: 'line'; readonly state: LineState; readonly code?: string | undefined; readonly skew: number; readonly bad?: boolean };

/** Who is asked and does not answer for so long is gone (milliseconds). */
const patience = 20_000;
/** Rooms that are followed at once; the server hears no more. */
const mostRooms = 8;

export interface TabsNeeds {
  /** Left out where there is one tab only. */
  readonly channel: Channel | undefined;
  /** Names this tab among the others. */
  readonly tab: string;
  /** This tab's own line, for when it leads. */
  readonly line: { openRooms(streams: readonly StreamKey[]): void; older(stream: StreamKey, limit: number): Promise<void>; hurry(): void };
  /** How the line is, whichever tab is on it. */
  readonly told: (state: LineState, code: string | undefined, skew: number, isBad: boolean) => void;
}

/**
 * The tabs of one person in one browser. One of them leads: it is on the line for all. The others write to the same
 * disk, and ask through it for what only a line can bring: older pages, and the marks of the rooms on their screens.
 */
export class Tabs {
  readonly #needs: TabsNeeds;
  #leads = false;
  #room: StreamKey | undefined;
  #line: Extract<Said, { is: 'line' }> = { is: 'line', state: 'connecting', skew: 0 };
  /** The rooms on the screens of all tabs, as the one that leads has been told. The latest is last. */
  readonly #rooms = new Map<string, StreamKey>();
  readonly #asked = new Map<number, { readonly stream: StreamKey; readonly limit: number; readonly done: () => void }>();
  #count = 0;

  constructor(needs: TabsNeeds) {
    this.#needs = needs;
    if (needs.channel) needs.channel.onmessage = ({ data }: { data: Said }) => this.#hear(data);
    this.here();
  }

  /** This tab is on the line from now on: what the others want goes over it. */
  lead(): void {
    this.#leads = true;
    this.#say({ is: 'leads' });
    this.#follow();
    for (const { stream, limit, done } of this.#asked.values()) void this.#needs.line.older(stream, limit).then(done);
    this.#asked.clear();
  }

  /** Tells all tabs how the line is. Only the one that leads knows. */
  tell(state: LineState, code: string | undefined, skew: number, isBad: boolean): void {
    this.#line = { is: 'line', state, ...(code === undefined ? {} : { code }), skew, bad: isBad };
    this.#say(this.#line);
    this.#needs.told(state, code, skew, isBad);
  }

  /** The line has become bad, or good again. */
  tellQuality(isBad: boolean): void {
    this.tell(this.#line.state, this.#line.code, this.#line.skew, isBad);
  }

  /** The room on this tab's screen. */
  openRoom(stream: StreamKey | undefined): void {
    this.#room = stream;
    this.here();
  }

  /** Asks for older messages. Resolves when they are held, or when they cannot be had now. */
  older(stream: StreamKey, limit: number): Promise<void> {
    if (this.#leads) return this.#needs.line.older(stream, limit);
    return new Promise((resolve) => {
      const n = ++this.#count;
      const timer = setTimeout(() => this.#done(n), patience);
      this.#asked.set(n, { stream, limit, done: () => { clearTimeout(timer); resolve(); } });
      this.#ask(n);
    });
  }

  /** Someone looks again, here. */
  hurry(): void {
    if (this.#leads) this.#needs.line.hurry();
    else this.#say({ is: 'hurry' });
  }

  /** This tab is shown (again). */
  here(): void {
    if (this.#leads) this.#follow();
    else this.#say({ is: 'here', tab: this.#needs.tab, room: this.#room });
  }

  /** This tab is left, perhaps for good. */
  gone(): void {
    this.#say({ is: 'gone', tab: this.#needs.tab });
  }

  close(): void {
    this.gone();
    for (const { done } of this.#asked.values()) done();
    this.#asked.clear();
    this.#needs.channel?.close();
  }

  #say(said: Said): void {
    this.#needs.channel?.postMessage(said);
  }

  #ask(n: number): void {
    const { stream, limit } = this.#asked.get(n)!;
    this.#say({ is: 'older', tab: this.#needs.tab, n, stream, limit });
  }

  #done(n: number): void {
    this.#asked.get(n)?.done();
    this.#asked.delete(n);
  }

  /** Follows the rooms on the screens of all tabs, the own one among them in any case. */
  #follow(): void {
    const others = [...new Set(this.#rooms.values())].filter((room) => room !== this.#room);
    this.#needs.line.openRooms([...(this.#room ? [this.#room] : []), ...others.toReversed()].slice(0, mostRooms));
  }

  #hear(said: Said): void {
    if (this.#leads) this.#hearAsLeader(said);
    else this.#hearAsFollower(said);
  }

  #hearAsLeader(said: Said): void {
    switch (said.is) {
      case 'here': {
        const before = this.#rooms.get(said.tab);
        this.#rooms.delete(said.tab);
        if (said.room) this.#rooms.set(said.tab, said.room);
        if (before !== said.room) this.#follow();
        return this.#say(this.#line);
      }
      case 'gone': return void (this.#rooms.delete(said.tab) && this.#follow());
      case 'older': return void this.#needs.line.older(said.stream, said.limit).then(() => this.#say({ is: 'done', tab: said.tab, n: said.n }));
      case 'hurry': return this.#needs.line.hurry();
      default: return;
    }
  }

  #hearAsFollower(said: Said): void {
    switch (said.is) {
      case 'leads': {
        this.here();
        for (const n of this.#asked.keys()) this.#ask(n);
        return;
      }
      case 'line': {
        // What cannot be had now is not waited for.
        if (said.state === 'off' || said.state === 'refused') for (const n of [...this.#asked.keys()]) this.#done(n);
        return this.#needs.told(said.state, said.code, said.skew, said.bad === true);
      }
      case 'done': return void (said.tab === this.#needs.tab && this.#done(said.n));
      default: return;
    }
  }
}
