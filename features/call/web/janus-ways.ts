import type { Id } from '@noroshi/foundations/kernel';
import type { IceServer, UpSignal } from '../signal.ts';
import type { Tier } from '../tiers.ts';
import { configurationOf, Wire, type Tracks } from './peer.ts';
import { withoutSilence } from './silence.ts';

/** So long it is waited for all ways to be found (milliseconds): with Janus they are told at once. */
const gathering = 1_500;
/**
 * What does not stand after so long (milliseconds) is begun anew, each time after twice as long: a browser ends no way whose first words (DTLS) were lost, and
 * asks for no offer that never came.
 */
const patience = 10_000;
const mostPatience = 60_000;

export interface JanusWaysNeeds {
  readonly ice: readonly IceServer[];
  readonly tracks: Tracks;
  readonly say: (said: UpSignal) => void;
  readonly changed: () => void;
}

/** Through Janus: one connection that sends, and one for each of the others that is watched. */
export class JanusWays {
  readonly #needs: JanusWaysNeeds;
  readonly #watched = new Map<Id, { readonly connection: RTCPeerConnection; readonly stream: MediaStream }>();
  /** Those whose offer is on its way. */
  readonly #asked = new Set<Id>();
  /** Those who can be watched, now. */
  #feeds: readonly Id[] = [];
  /** Of each that does not stand yet, when it is begun anew, and after how long. */
  readonly #waits = new Map<Id, { readonly timer: ReturnType<typeof setTimeout>; readonly ms: number }>();
  #tracks: Tracks;
  #tier: Tier = 'sound';
  #sending: Wire;
  #closed = false;

  constructor(needs: JanusWaysNeeds) {
    this.#needs = needs;
    this.#tracks = needs.tracks;
    this.#sending = this.#publish();
  }

  /** On which this device sends, now. */
  get sending(): Wire {
    return this.#sending;
  }

  streamOf(device: Id): MediaStream | undefined {
    return this.#watched.get(device)?.stream;
  }

  isConnected(device: Id): boolean {
    return this.#watched.get(device)?.connection.connectionState === 'connected';
  }

  published(answer: string): void {
    const wire = this.#sending;
    this.#quietly(() => wire.turn(async () => {
      // One that comes late answers an offer that was made anew since.
      if (wire.connection.signalingState !== 'have-local-offer') return;
      await wire.connection.setRemoteDescription({ type: 'answer', sdp: answer });
      await wire.settle();
    }));
  }

  /** Those who can be watched, now. */
  feeds(devices: readonly Id[]): void {
    this.#feeds = devices;
    // Whose sending has ended is watched anew when it goes on: what was agreed with Janus about it holds no longer.
    for (const device of [...this.#asked, ...this.#waits.keys()]) if (!devices.includes(device)) this.#letGo(device);
    for (const device of [...this.#watched.keys()]) if (!devices.includes(device)) this.went(device);
    this.#needs.changed();
    for (const device of devices) if (!this.#watched.has(device)) this.#watch(device);
  }

  /** What is wanted of the others has changed: it is asked for anew, those who are watched already stay until it is there. */
  again(): void {
    for (const device of this.#watched.keys()) this.#watch(device);
  }

  /** One that does not come through is asked for anew, even where the last asking was never answered. */
  mend(device: Id): void {
    this.#asked.delete(device);
    this.#watch(device);
  }

  offered(device: Id, offer: string): void {
    this.went(device);
    this.#asked.delete(device);
    const connection = new RTCPeerConnection(configurationOf(this.#needs.ice));
    const stream = new MediaStream();
    this.#watched.set(device, { connection, stream });
    connection.addEventListener('track', ({ track }) => stream.addTrack(track));
    connection.addEventListener('connectionstatechange', () => {
      // Janus does not mend a way that has failed: it is asked for anew.
      if (connection.connectionState === 'failed') this.#watch(device);
      else if (connection.connectionState === 'connected') this.#standsNow(device);
      this.#needs.changed();
    });
    this.#quietly(async () => {
      await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      await connection.setLocalDescription();
      await gathered(connection);
      this.#needs.say({ is: 'watching', device, answer: connection.localDescription!.sdp });
      this.#needs.changed();
    });
  }

  went(device: Id): void {
    this.#watched.get(device)?.connection.close();
    this.#watched.delete(device);
  }

  sends(tracks: Tracks): Promise<void> {
    this.#tracks = tracks;
    return this.#sending.sends(tracks);
  }

  /** How much of the picture is sent. */
  bears(tier: Tier): Promise<void> {
    this.#tier = tier;
    return this.#sending.bears(tier);
  }

  connections(): RTCPeerConnection[] {
    return [this.#sending.connection, ...[...this.#watched.values()].map(({ connection }) => connection)];
  }

  close(): void {
    this.#closed = true;
    this.#sending.close();
    for (const device of [...this.#watched.keys()]) this.went(device);
    for (const device of [...this.#waits.keys()]) this.#standsNow(device);
  }

  /** Offers what this device sends, on a connection of its own; where that fails, anew: Janus does not mend it. */
  #publish(wait = patience): Wire {
    const wire = new Wire(this.#needs.ice, this.#tracks, true);
    const { connection } = wire;
    wire.begins('sendonly');
    const anew = (after: number): void => {
      clearTimeout(timer);
      if (this.#closed || this.#sending !== wire) return;
      wire.close();
      this.#sending = this.#publish(after);
    };
    const timer = setTimeout(() => { if (connection.connectionState !== 'connected') anew(Math.min(mostPatience, wait * 2)); }, wait);
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'failed') anew(patience);
    });
    this.#quietly(async () => {
      await wire.bears(this.#tier);
      await wire.turn(async () => {
        await wire.settle();
        await connection.setLocalDescription();
      });
      await gathered(connection);
      // Janus agrees to it where it is offered as well.
      this.#needs.say({ is: 'publish', offer: withoutSilence(connection.localDescription!.sdp) });
    });
    return wire;
  }

  #watch(device: Id): void {
    if (this.#asked.has(device)) return;
    this.#asked.add(device);
    this.#needs.say({ is: 'watch', device });
    const before = this.#waits.get(device);
    clearTimeout(before?.timer);
    const ms = before ? Math.min(mostPatience, before.ms * 2) : patience;
    this.#waits.set(device, { ms, timer: setTimeout(() => { if (this.#feeds.includes(device)) this.mend(device); }, ms) });
  }

  /** It comes through: nothing is waited for any more. */
  #standsNow(device: Id): void {
    clearTimeout(this.#waits.get(device)?.timer);
    this.#waits.delete(device);
  }

  #letGo(device: Id): void {
    this.#asked.delete(device);
    this.#standsNow(device);
  }

  #quietly(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (!this.#closed) console.warn(error);
    });
  }
}

/** Until a connection knows all its ways, or long enough. */
async function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, gathering);
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      done();
    });
  });
}
