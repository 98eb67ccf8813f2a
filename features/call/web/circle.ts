import type { Id } from '@noroshi/foundations/kernel';
import { meetings, offers } from '../circle.ts';
import type { Between, DeviceState, IceServer, Seat, UpSignal, Via } from '../signal.ts';
import { Bearing, tierFor, type Fared, type Tier } from '../tiers.ts';
import { JanusWays } from './janus-ways.ts';
import { Peer, type Tracks } from './peer.ts';

/** How often it is looked how the lines fare (milliseconds). */
const lookEvery = 2_000;

export interface CircleNeeds {
  readonly me: Id;
  readonly say: (said: UpSignal) => void;
  /** What is to be seen or heard of others has changed. */
  readonly changed: () => void;
  readonly tracks: Tracks;
  /** What the line bears, as it was measured before. */
  readonly bears: Tier;
}

/** The connections of this device with the others of a call: one with each, or all through Janus. */
export class Circle {
  readonly #needs: CircleNeeds;
  readonly #peers = new Map<Id, { readonly seat: number; readonly peer: Peer; connected: boolean }>();
  readonly #states = new Map<Id, DeviceState>();
  readonly #bearing: Bearing;
  #tracks: Tracks;
  #ice: readonly IceServer[] = [];
  #janus: JanusWays | undefined;
  #seat: number | undefined;
  readonly #looking = setInterval(() => void this.#look().catch((error: unknown) => console.warn(error)), lookEvery);

  constructor(needs: CircleNeeds) {
    this.#needs = needs;
    this.#tracks = needs.tracks;
    this.#bearing = new Bearing(needs.bears);
  }

  /** How much of its picture this device sends at most, now. */
  get tier(): Tier {
    return this.#bearing.tier;
  }

  /** What comes from a device. */
  streamOf(device: Id): MediaStream | undefined {
    return this.#janus?.streamOf(device) ?? this.#peers.get(device)?.peer.wire.stream;
  }

  isConnected(device: Id): boolean {
    return this.#janus ? this.#janus.isConnected(device) : this.#peers.get(device)?.connected ?? false;
  }

  /** One is in, or in again: these are here. */
  here({ seat, seats, via, ice }: { readonly seat: number; readonly seats: readonly Seat[]; readonly via: Via; readonly ice: readonly IceServer[] }): void {
    const anew = this.#seat !== seat;
    this.#seat = seat;
    this.#ice = ice;
    this.#states.clear();
    for (const one of seats) this.#states.set(one.device, one.state);
    if (via === 'janus') return this.#throughJanus();
    const { meet, part } = meetings(new Map([...this.#peers].map(([device, held]) => [device, held.seat])), seats, anew);
    for (const device of part) this.#part(device);
    for (const one of meet) this.#meet(one);
    // What was said while the line was away is lost: who is not connected begins anew.
    for (const { peer, connected } of this.#peers.values()) if (!connected && !anew) peer.mend();
    this.#needs.changed();
  }

  came(seat: Seat): void {
    this.#states.set(seat.device, seat.state);
    if (!this.#janus) {
      this.#part(seat.device);
      this.#meet(seat);
    }
    this.#needs.changed();
  }

  went(device: Id): void {
    this.#states.delete(device);
    this.#part(device);
    this.#janus?.went(device);
    this.#needs.changed();
  }

  state(device: Id, state: DeviceState): void {
    this.#states.set(device, state);
    void this.#limit();
  }

  from(device: Id, said: Between): void {
    this.#peers.get(device)?.peer.hear(said);
  }

  via(via: Via): void {
    if (via === 'janus' && !this.#janus) this.#throughJanus();
  }

  published(answer: string): void {
    this.#janus?.published(answer);
  }
  offered(device: Id, offer: string): void {
    this.#janus?.offered(device, offer);
  }
  feeds(devices: readonly Id[]): void {
    this.#janus?.feeds(devices);
  }

  /** Pictures are wanted, or no longer: whoever sends directly knows it by the state of this device, and Janus is asked anew. */
  sees(): void {
    this.#janus?.again();
  }

  /** Finds the way to one of the others anew. */
  mend(device: Id): void {
    if (this.#janus) this.#janus.mend(device);
    else this.#peers.get(device)?.peer.mend();
  }

  /** What this device sends from now on. */
  async sends(tracks: Tracks): Promise<void> {
    this.#tracks = tracks;
    await Promise.all([...[...this.#peers.values()].map(({ peer }) => peer.wire.sends(tracks)), this.#janus?.sends(tracks)]);
    await this.#limit();
  }

  /** The connections, for whoever wants to know how they fare. */
  connections(): RTCPeerConnection[] {
    return [...[...this.#peers.values()].map(({ peer }) => peer.wire.connection), ...this.#janus?.connections() ?? []];
  }

  close(): void {
    clearInterval(this.#looking);
    for (const device of [...this.#peers.keys()]) this.#part(device);
    this.#janus?.close();
  }

  #throughJanus(): void {
    for (const device of [...this.#peers.keys()]) this.#part(device);
    this.#janus?.close();
    this.#janus = new JanusWays({ ice: this.#ice, tracks: this.#tracks, say: this.#needs.say, changed: this.#needs.changed });
    void this.#limit();
    this.#needs.changed();
  }

  #meet({ device, seat }: Seat): void {
    const held = {
      seat, connected: false,
      peer: new Peer({
        ice: this.#ice, tracks: this.#tracks,
        stands: (stands) => {
          held.connected = stands;
          if (stands) void this.#limit();
          this.#needs.changed();
        },
      }, offers(this.#needs.me, device), (say) => this.#needs.say({ is: 'to', device, say })),
    };
    this.#peers.set(device, held);
  }

  #part(device: Id): void {
    this.#peers.get(device)?.peer.close();
    this.#peers.delete(device);
  }

  async #look(): Promise<void> {
    const wires = this.#janus ? [this.#janus.sending] : [...this.#peers.values()].filter(({ connected }) => connected).map(({ peer }) => peer.wire);
    const fared = (await Promise.all(wires.map((wire) => wire?.fares()))).filter((one): one is Fared => one !== undefined);
    if (fared.length === 0) return;
    // The worst of them: a line of one's own that is bad is bad to all.
    const before = this.#bearing.tier;
    this.#bearing.looks({ lost: Math.max(...fared.map(({ lost }) => lost)), way: Math.max(...fared.map(({ way }) => way ?? 0)) });
    if (this.#bearing.tier === before) return;
    await this.#limit();
    this.#needs.changed();
  }

  /** Each is sent as much as this line bears and they look at. */
  async #limit(): Promise<void> {
    const { me } = this.#needs;
    const of = (device: Id): Tier => tierFor(this.#bearing.tier, this.#states.get(device) ?? { sees: true }, me);
    await Promise.all([...this.#peers].map(([device, { peer }]) => peer.wire.bears(of(device))));
    // Janus hands on what it is sent: as much as whoever wants most.
    const wanted = [...this.#states.keys()].map(of);
    await this.#janus?.bears(wanted.includes('large') ? 'large' : wanted.includes('small') ? 'small' : 'sound');
  }
}
