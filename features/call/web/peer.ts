import type { Between, IceServer } from '../signal.ts';
import { shapeOf, type Fared, type Tier } from '../tiers.ts';
import { withoutSilence } from './silence.ts';

/** What this device sends: a sound and a picture, each of which may be none and be changed at any time. */
export interface Tracks { readonly audio: MediaStreamTrack | null; readonly video: MediaStreamTrack | null }

/** A connection that is interrupted for so long is made anew (milliseconds); a browser often mends it by itself. */
const patience = 4_000;

/** Of fewer packets than these it cannot be told how much a line loses. */
const fewPackets = 20;

export interface PeerNeeds {
  readonly ice: readonly IceServer[];
  readonly tracks: Tracks;
  /** The other can be seen and heard, or not now. */
  readonly stands: (stands: boolean) => void;
}

export const configurationOf = (ice: readonly IceServer[]): RTCConfiguration => ({ iceServers: ice.map((one) => ({ ...one, urls: [...one.urls] })), bundlePolicy: 'max-bundle' });

/** One connection of the browser, with what goes both ways on it: always a sound and a picture, so that nothing is agreed anew when one of them begins or ends. */
export class Wire {
  readonly connection: RTCPeerConnection;
  /** What comes. */
  readonly stream = new MediaStream();
  #tracks: Tracks;
  #tier: Tier = 'sound';
  #work: Promise<unknown> = Promise.resolve();
  #counted = { packets: 0, lost: 0 };
  readonly #many: boolean;

  /** @param many what is sent goes to more than four */
  constructor(ice: readonly IceServer[], tracks: Tracks, many = false) {
    this.#many = many;
    this.connection = new RTCPeerConnection(configurationOf(ice));
    this.#tracks = tracks;
    this.connection.addEventListener('track', ({ track }) => this.stream.addTrack(track));
  }

  /** The two ways of whoever offers. */
  begins(direction: RTCRtpTransceiverDirection = 'sendrecv'): void {
    for (const kind of ['audio', 'video'] as const) this.connection.addTransceiver(kind, { direction });
  }

  /** One after the other: a browser refuses what is set by what was read before something else was set or agreed. */
  turn(work: () => Promise<void>): Promise<void> {
    // On one that is closed there is nothing to be done any more.
    const done = this.#work.then(() => (this.connection.signalingState === 'closed' ? undefined : work()));
    this.#work = done.catch(() => undefined);
    return done;
  }

  /** What is sent from now on. */
  sends(tracks: Tracks): Promise<void> {
    this.#tracks = tracks;
    return this.turn(() => this.settle());
  }

  /** Within a turn: puts on its ways what is sent; after an offer of the other was taken, also on those that it opened. */
  async settle(): Promise<void> {
    const tracks = this.#tracks;
    await Promise.all(this.connection.getTransceivers().map(async (way) => {
      const kind = way.receiver.track.kind as 'audio' | 'video';
      if (way.direction === 'recvonly' && way.sender.track === null && this.connection.signalingState === 'have-remote-offer') way.direction = 'sendrecv';
      if (way.sender.track !== tracks[kind]) await way.sender.replaceTrack(tracks[kind]);
    }));
    await this.#limit();
  }

  /** How much of the picture is sent. */
  async bears(tier: Tier): Promise<void> {
    if (this.#tier === tier) return;
    this.#tier = tier;
    await this.turn(() => this.#limit());
  }

  async #limit(): Promise<void> {
    const sender = this.connection.getSenders().find(({ track }) => track?.kind === 'video');
    const parameters = sender?.getParameters();
    // Before anything is agreed there is nothing to limit.
    if (!sender?.track || !parameters?.encodings?.[0]) return;
    const encoding = parameters.encodings[0];
    encoding.active = this.#tier !== 'sound';
    if (this.#tier !== 'sound') {
      const { width, height = 0 } = sender.track.getSettings();
      const { bits, frames, scale } = shapeOf(this.#tier, { many: this.#many, isScreen: sender.track.contentHint === 'detail', long: width && Math.max(width, height) });
      encoding.maxBitrate = bits;
      encoding.maxFramerate = frames;
      encoding.scaleResolutionDownBy = scale;
    }
    await sender.setParameters(parameters);
  }

  /** How what is sent fared since this was last asked, as the other tells; nothing where it has not told yet. */
  async fares(): Promise<Fared | undefined> {
    let packets = 0;
    let lost = 0;
    let way: number | undefined;
    (await this.connection.getStats()).forEach((one: { type: string; packetsSent?: number; packetsLost?: number; roundTripTime?: number }) => {
      if (one.type === 'outbound-rtp') packets += one.packetsSent ?? 0;
      if (one.type !== 'remote-inbound-rtp') return;
      lost += Math.max(0, one.packetsLost ?? 0);
      if (one.roundTripTime !== undefined) way = Math.max(way ?? 0, one.roundTripTime * 1_000);
    });
    const [sent, gone] = [packets - this.#counted.packets, lost - this.#counted.lost];
    // Whoever listens sends a few packets: one of them that is lost says little yet.
    if (gone > 0 && sent < fewPackets) return undefined;
    this.#counted = { packets, lost };
    return way === undefined || sent <= 0 ? undefined : { lost: Math.round((Math.max(0, gone) / sent) * 10_000), way };
  }

  close(): void {
    this.connection.close();
  }
}

/** The connection with one other device, directly. One of the two offers, always the same: they never offer at once. */
export class Peer {
  readonly wire: Wire;
  readonly #offers: boolean;
  readonly #say: (said: Between) => void;
  #mending: ReturnType<typeof setTimeout> | undefined;

  constructor({ ice, tracks, stands }: PeerNeeds, offers: boolean, say: (said: Between) => void) {
    this.wire = new Wire(ice, tracks);
    this.#offers = offers;
    this.#say = say;
    const { connection } = this.wire;
    connection.addEventListener('icecandidate', ({ candidate }) => say({ ice: candidate && { candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex, usernameFragment: candidate.usernameFragment } }));
    connection.addEventListener('connectionstatechange', () => {
      const state = connection.connectionState;
      stands(state === 'connected');
      clearTimeout(this.#mending);
      if (state === 'failed') this.mend();
      else if (state === 'disconnected') this.#mending = setTimeout(() => this.mend(), patience);
    });
    if (offers) {
      this.wire.begins();
      this.#do(() => this.#offer(false));
    }
  }

  /** Finds the way to the other anew: whoever offers does, and whoever does not asks for it. */
  mend(): void {
    if (this.#offers) this.#do(() => this.#offer(true));
    else this.#say({ again: 1 });
  }

  hear(said: Between): void {
    const { connection } = this.wire;
    this.#do(async () => {
      if ('offer' in said) {
        // Of two the same one offers, always: what else comes is none of ours.
        if (this.#offers) return;
        await connection.setRemoteDescription({ type: 'offer', sdp: said.offer });
        await this.wire.settle();
        await connection.setLocalDescription();
        this.#say({ answer: withoutSilence(connection.localDescription!.sdp) });
        await this.wire.settle();
      } else if ('answer' in said) {
        // One that comes late answers an offer that was made anew since.
        if (connection.signalingState !== 'have-local-offer') return;
        await connection.setRemoteDescription({ type: 'answer', sdp: said.answer });
        await this.wire.settle();
      } else if ('again' in said) {
        if (this.#offers) await this.#offer(true);
      } else if (said.ice && connection.remoteDescription) await connection.addIceCandidate(said.ice);
    });
  }

  close(): void {
    clearTimeout(this.#mending);
    this.wire.close();
  }

  async #offer(restart: boolean): Promise<void> {
    const { connection } = this.wire;
    // An offer whose answer was lost is made again, not another beside it.
    if (connection.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' });
    if (restart) connection.restartIce();
    await this.wire.settle();
    await connection.setLocalDescription();
    this.#say({ offer: withoutSilence(connection.localDescription!.sdp) });
  }

  /** One after the other, in the order in which it came. */
  #do(work: () => Promise<void>): void {
    this.wire.turn(work).catch((error: unknown) => {
      if (this.wire.connection.signalingState !== 'closed') console.warn(error);
    });
  }
}
