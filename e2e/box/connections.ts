import type { BrowserContext, Page } from 'playwright-core';
import type { RelayTold } from './turn-client.ts';

// What goes through the connections of a page in a call, as its browser counts it.

declare global {
  /** In a page that is counted: all that it has made. */
  var connections: RTCPeerConnection[];
}

/** Whom a device reaches: whoever it can, nobody but through TURN, or nobody. */
export type Reach = 'all' | 'relay' | 'nobody';

/**
 * Keeps hold of every connection that a page makes, so that what it decodes can be counted. Its camera is a small one, and its
 * sound is sent as it is: that they come is asked, not how fine they are, and eight at their best keep more processors than a small machine has.
 */
export async function counted(context: BrowserContext, reach: Reach): Promise<void> {
  await context.addInitScript((way) => {
    const all: RTCPeerConnection[] = [];
    globalThis.connections = all;
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (what) => ask({
      ...what,
      ...(typeof what?.video === 'object' ? { video: { ...what.video, width: 320, height: 180 } } : {}),
      ...(typeof what?.audio === 'object' ? { audio: { ...what.audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false } } : {}),
    });
    globalThis.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, ...(way === 'all' ? {} : { iceTransportPolicy: 'relay' as const }), ...(way === 'nobody' ? { iceServers: [] } : {}) });
        all.push(this);
      }
    };
  }, reach);
}

/** How many pictures, and packets of sound, a page has had from each connection that stands. */
export const decoded = (page: Page): Promise<{ pictures: number; sound: number }[]> => page.evaluate(async () => {
  const { connections } = globalThis;
  return Promise.all(connections.filter(({ connectionState }) => connectionState === 'connected').map(async (one) => {
    let [pictures, sound] = [0, 0];
    (await one.getStats()).forEach((stat: { type: string; kind?: string; framesDecoded?: number; packetsReceived?: number }) => {
      if (stat.type !== 'inbound-rtp') return;
      if (stat.kind === 'video') pictures = stat.framesDecoded ?? 0;
      else sound = stat.packetsReceived ?? 0;
    });
    return { pictures, sound };
  }));
});

/** The pictures that a page has had so far, by how wide they come now: a screen is as wide as it is, a camera never. */
export const widths = (page: Page): Promise<Record<number, number>> => page.evaluate(async () => {
  const { connections } = globalThis;
  const all: Record<number, number> = {};
  for (const one of connections) {
    if (one.connectionState !== 'connected') continue;
    (await one.getStats()).forEach((stat: { type: string; kind?: string; frameWidth?: number; framesDecoded?: number }) => {
      if (stat.type === 'inbound-rtp' && stat.kind === 'video' && stat.frameWidth) all[stat.frameWidth] = (all[stat.frameWidth] ?? 0) + (stat.framesDecoded ?? 0);
    });
  }
  return all;
});

/** What a page sends as its picture to the first of the others. */
export const sent = (page: Page): Promise<{ name: string; width: number }> => page.evaluate(() => {
  const { connections } = globalThis;
  const track = connections.findLast(({ connectionState }) => connectionState === 'connected')!.getSenders().find((one) => one.track?.kind === 'video')!.track!;
  return { name: track.label, width: track.getSettings().width! };
});

/** What a page was told of the relay. */
export const relayTold = (page: Page): Promise<RelayTold> => page.evaluate(() => {
  const { urls, username = '', credential = '' } = globalThis.connections[0]!.getConfiguration().iceServers![0]!;
  return { urls: [urls].flat(), username, credential };
});
