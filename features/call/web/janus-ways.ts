import type { Id } from '@noroshi/foundations/kernel';
import type { IceServer, UpSignal } from '../signal.ts';
import { configurationOf, Wire, type Tracks } from './peer.ts';

/** So long it is waited for all ways to be found (milliseconds): with Janus they are told at once. */
const gathering = 1_500;

export interface JanusWaysNeeds {
  readonly ice: readonly IceServer[];
  readonly tracks: Tracks;
  readonly say: (said: UpSignal) => void;
  readonly changed: () => void;
}

/** Through Janus: one connection that sends, and one for each of the others that is watched. */
export class JanusWays {
  readonly sending: Wire;
  readonly #needs: JanusWaysNeeds;
  readonly #watched = new Map<Id, { readonly connection: RTCPeerConnection; readonly stream: MediaStream }>();
  /** Those whose offer is on its way. */
  readonly #asked = new Set<Id>();
  #closed = false;

  constructor(needs: JanusWaysNeeds) {
    this.#needs = needs;
    this.sending = new Wire(needs.ice, needs.tracks, true);
    this.sending.begins('sendonly');
    this.#quietly(async () => {
      const { connection } = this.sending;
      await this.sending.sends();
      await connection.setLocalDescription();
      await gathered(connection);
      needs.say({ is: 'publish', offer: connection.localDescription!.sdp });
    });
  }

  streamOf(device: Id): MediaStream | undefined {
    return this.#watched.get(device)?.stream;
  }

  isConnected(device: Id): boolean {
    return this.#watched.get(device)?.connection.connectionState === 'connected';
  }

  published(answer: string): void {
    this.#quietly(async () => {
      await this.sending.connection.setRemoteDescription({ type: 'answer', sdp: answer });
      await this.sending.sends();
    });
  }

  /** Those who can be watched, now. */
  feeds(devices: readonly Id[]): void {
    // Whose sending has ended can be watched again when it goes on.
    for (const device of [...this.#asked]) if (!devices.includes(device)) this.#asked.delete(device);
    for (const device of devices) if (!this.#watched.has(device)) this.#watch(device);
  }

  /** What is wanted of the others has changed: it is asked for anew, those who are watched already stay until it is there. */
  again(): void {
    for (const device of this.#watched.keys()) this.#watch(device);
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
    return this.sending.sends(tracks);
  }

  connections(): RTCPeerConnection[] {
    return [this.sending.connection, ...[...this.#watched.values()].map(({ connection }) => connection)];
  }

  close(): void {
    this.#closed = true;
    this.sending.close();
    for (const device of [...this.#watched.keys()]) this.went(device);
  }

  #watch(device: Id): void {
    if (this.#asked.has(device)) return;
    this.#asked.add(device);
    this.#needs.say({ is: 'watch', device });
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
