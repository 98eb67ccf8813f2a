import type { Id } from '@noroshi/foundations/kernel';
import { Settable, type LowerEnd } from '@noroshi/foundations/sync/web';
import type { CallKind } from '../call-noun.ts';
import type { DeviceState, DownSignal, Seat } from '../signal.ts';
import type { Tier } from '../tiers.ts';
import { CallLine } from './call-line.ts';
import { Circle } from './circle.ts';
import { filming, type Filming } from './clip.ts';
import { openPicture, openScreen, openSound, otherPicture, type Facing, type MediaTrouble, type Opened } from './media.ts';

/** So long a place that was pointed at is marked (milliseconds). */
const pointed = 4_000;

/** A place on the picture of a device that somebody points at. */
export interface Pointed { readonly by: Id; readonly device: Id; readonly x: number; readonly y: number }

/** A call as this device is in it, for the screen. */
export interface SessionNow {
  readonly stage: 'entering' | 'in' | 'away' | 'over';
  /** Why it is over. */
  readonly code?: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly kind?: CallKind;
  readonly seats: readonly Seat[];
  readonly mine: DeviceState;
  readonly facing: Facing;
  readonly tier: Tier;
  readonly lets: Id | null;
  readonly points: readonly Pointed[];
  /** Why a camera, microphone or screen that was asked for is not there. */
  readonly trouble?: { readonly of: 'sound' | 'camera' | 'screen'; readonly why: MediaTrouble };
  /** Raised when what is to be seen or heard of others has changed. */
  readonly turn: number;
}

/** Whether sound and pictures can come: somebody else is connected, or nobody else is there yet. */
export const isUp = ({ stage, seats }: Pick<SessionNow, 'stage' | 'seats'>, isConnected: (device: Id) => boolean): boolean =>
  (seats.length === 0 ? stage === 'in' : seats.some(({ device }) => isConnected(device)));

/** What was opened before one joins. */
export interface Begins {
  readonly room: Id;
  readonly call: Id;
  readonly sound: MediaStreamTrack | null;
  readonly picture: MediaStreamTrack | null;
  readonly facing: Facing;
  readonly bears: Tier;
  readonly sees: boolean;
  readonly place?: DeviceState['place'];
}

const nothing: DeviceState = { sound: false, picture: 'none', sees: true };

/** One is in a call with this device, on whichever screen of the house one is: its line, what it sends, and what comes. */
export class Session {
  readonly room: Id;
  readonly call: Id;
  readonly device: Id;
  readonly now: Settable<SessionNow>;
  readonly #line: CallLine;
  readonly #circle: Circle;
  #sound: MediaStreamTrack | null;
  #picture: MediaStreamTrack | null;
  #own: MediaStream | undefined;
  /** What is heard of the others: whatever screen is open. */
  readonly #heard = new Map<Id, HTMLAudioElement>();

  constructor(stair: LowerEnd, { room, call, sound, picture, facing, bears, sees, place }: Begins) {
    this.room = room;
    this.call = call;
    this.device = stair.newId();
    this.#sound = sound;
    this.#picture = picture;
    const mine: DeviceState = { ...nothing, sound: sound !== null, picture: picture ? 'camera' : 'none', sees, ...(place ? { place } : {}) };
    this.now = new Settable<SessionNow>({ stage: 'entering', seats: [], mine, facing, tier: bears, lets: null, points: [], turn: 0 });
    this.#circle = new Circle({ me: this.device, say: (said) => this.#line.say(said), changed: () => this.#changed(), tracks: this.#tracks(), bears });
    this.#line = new CallLine({
      enters: () => ({ is: 'enter', device: this.device, room, call, state: this.now.value.mine }),
      hear: (said) => this.#hear(said),
      stands: (stands) => this.#set({ stage: stands ? 'in' : 'away' }),
    });
  }

  /** What comes from a device; one's own picture for one's own. */
  streamOf(device: Id): MediaStream | undefined {
    if (device !== this.device) return this.#circle.streamOf(device);
    if (!this.#picture) return undefined;
    // The same as long as the picture is: a screen that is drawn again goes on showing it.
    if (!this.#own?.getTracks().includes(this.#picture)) this.#own = new MediaStream([this.#picture]);
    return this.#own;
  }
  isConnected = (device: Id): boolean => this.#circle.isConnected(device);
  /** もう一度つなぐ. */
  mend = (device: Id): void => this.#circle.mend(device);
  connections = (): RTCPeerConnection[] => this.#circle.connections();

  /** ミュート. */
  async mute(): Promise<void> {
    if (!this.#sound) return this.#open('sound', openSound, (track) => { this.#sound = track; });
    this.#sound.enabled = !this.now.value.mine.sound;
    this.#tell({ sound: this.#sound.enabled });
  }

  /** カメラを入れる・切る. */
  async camera(): Promise<void> {
    if (this.now.value.mine.picture !== 'camera') return this.#show('camera', () => openPicture(this.now.value.facing));
    await this.#hide();
  }

  /** 前・後ろのカメラ. */
  async turn(): Promise<void> {
    const facing = this.now.value.facing === 'user' ? 'environment' : 'user';
    this.#set({ facing });
    await this.#show('camera', () => otherPicture(facing, this.#picture));
  }

  /** 画面を見せる・やめる. */
  async screen(): Promise<void> {
    if (this.now.value.mine.picture !== 'screen') return this.#show('screen', openScreen);
    await this.#hide();
  }

  /** Whether the pictures of the others are wanted, and whose large. */
  looks(wants: { readonly sees?: boolean; readonly large?: Id | undefined }): void {
    const { large: _before, ...mine } = this.now.value.mine;
    const { large = _before, sees = mine.sees } = wants;
    if (sees === mine.sees && large === _before) return;
    this.#set({ mine: { ...mine, sees, ...(large ? { large } : {}) } });
    this.#tell({});
    if (sees !== mine.sees) this.#circle.sees();
  }

  point(device: Id, x: number, y: number): void {
    this.#line.say({ is: 'point', device, x, y });
  }
  lets(device: Id | null): void {
    this.#line.say({ is: 'lets', device });
  }

  /** 切る. */
  end(): void {
    this.#line.end();
    this.#over('call.left');
  }

  /** What a clip is made of, where the call does not stand or one was not let in: what is open already, else it is opened for it. */
  films(): Promise<Filming | MediaTrouble> {
    const { facing, stage } = this.now.value;
    const picture = this.#picture?.readyState === 'live' ? this.#picture : undefined;
    return filming(picture ?? (() => openPicture(facing)), stage === 'over' ? openSound : this.#sound);
  }

  #tracks = () => ({ audio: this.#sound, video: this.#picture });

  async #open(of: 'sound' | 'camera' | 'screen', open: () => Promise<Opened>, took: (track: MediaStreamTrack) => void): Promise<void> {
    const told = await open();
    if (!told.ok) {
      this.#set({ trouble: { of, why: told.trouble } });
      // One camera was closed for another that cannot be had: nothing is shown any more, and it is said so.
      if (of === 'camera' && this.#picture?.readyState === 'ended') await this.#hide();
      return;
    }
    if (this.now.value.stage === 'over') return told.track.stop();
    took(told.track);
    const { trouble: _trouble, ...rest } = this.now.value;
    this.now.set(rest);
    await this.#circle.sends(this.#tracks());
    this.#tell(of === 'sound' ? { sound: true } : { picture: of });
  }

  #show(of: 'camera' | 'screen', open: () => Promise<Opened>): Promise<void> {
    return this.#open(of, open, (track) => {
      this.#picture?.stop();
      this.#picture = track;
      // Whoever ends it outside this page (the browser’s own button, a cable) is believed.
      track.addEventListener('ended', () => {
        if (this.#picture === track) void this.#hide();
      });
    });
  }

  #hide(): Promise<void> {
    this.#picture?.stop();
    this.#picture = null;
    this.#tell({ picture: 'none' });
    return this.#circle.sends(this.#tracks());
  }

  /** What this device sends has changed: the others draw it so. */
  #tell(change: Partial<DeviceState>): void {
    const mine = { ...this.now.value.mine, ...change };
    this.#set({ mine });
    this.#line.say({ is: 'state', state: mine });
  }

  #hear(said: DownSignal): void {
    const { seats } = this.now.value;
    switch (said.is) {
      case 'here': {
        this.#set({ kind: said.kind, seats: said.seats, lets: said.lets });
        return this.#circle.here(said);
      }
      case 'came': {
        this.#set({ seats: [...seats.filter(({ device }) => device !== said.seat.device), said.seat] });
        return this.#circle.came(said.seat);
      }
      case 'went': {
        this.#set({ seats: seats.filter(({ device }) => device !== said.device) });
        return this.#circle.went(said.device);
      }
      case 'state': {
        this.#set({ seats: seats.map((one) => (one.device === said.device ? { ...one, state: said.state } : one)) });
        return this.#circle.state(said.device, said.state);
      }
      case 'from': return this.#circle.from(said.device, said.say);
      case 'via': return this.#circle.via(said.via);
      case 'published': return this.#circle.published(said.answer);
      case 'offered': return this.#circle.offered(said.device, said.offer);
      case 'feeds': return this.#circle.feeds(said.devices);
      case 'lets': return this.#set({ lets: said.device });
      case 'point': return this.#pointed(said);
      case 'over': return this.#over(said.code, said.params);
      default: return;
    }
  }

  #pointed({ by, device, x, y }: Pointed): void {
    const point = { by, device, x, y };
    this.#set({ points: [...this.now.value.points.filter((one) => one.by !== by), point] });
    setTimeout(() => this.#set({ points: this.now.value.points.filter((one) => one !== point) }), pointed);
  }

  #over(code: string, params?: SessionNow['params']): void {
    if (this.now.value.stage === 'over') return;
    this.#circle.close();
    for (const track of [this.#sound, this.#picture]) track?.stop();
    for (const audio of this.#heard.values()) audio.srcObject = null;
    this.#heard.clear();
    this.#set({ stage: 'over', code, seats: [], ...(params ? { params } : {}) });
  }

  #changed(): void {
    for (const { device } of this.now.value.seats) this.#listen(device);
    for (const [device, audio] of this.#heard) {
      if (this.now.value.seats.some((one) => one.device === device)) continue;
      audio.srcObject = null;
      this.#heard.delete(device);
    }
    this.#set({ tier: this.#circle.tier, turn: this.now.value.turn + 1 });
  }

  #listen(device: Id): void {
    const stream = this.#circle.streamOf(device);
    if (!stream || this.#heard.get(device)?.srcObject === stream) return;
    const audio = this.#heard.get(device) ?? new Audio();
    this.#heard.set(device, audio);
    audio.srcObject = stream;
    // A browser that plays nothing before a press has had one: that by which one joined.
    audio.play().catch((error: unknown) => console.warn(error));
  }

  #set(change: Partial<SessionNow>): void {
    this.now.set({ ...this.now.value, ...change });
  }
}

const held = new WeakMap<LowerEnd, Settable<Session | undefined>>();

/** The call that this window is in, if any: it goes on whichever screen is open. */
export function sessionOf(stair: LowerEnd): Settable<Session | undefined> {
  let one = held.get(stair);
  if (!one) held.set(stair, (one = new Settable<Session | undefined>(undefined)));
  return one;
}
