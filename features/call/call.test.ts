import { afterEach, describe, expect, it, vi } from 'vitest';
import { meetings, offers } from './circle.ts';
import { upShape, type UpSignal } from './signal.ts';
import { filming } from './web/clip.ts';
import { JanusWays } from './web/janus-ways.ts';
import { otherPicture, troubleOf, type Opened } from './web/media.ts';
import { Wire } from './web/peer.ts';
import { isUp } from './web/session.ts';
import { adviceFor, Bearing, shapeOf, tierFor, type Tier } from './tiers.ts';
import { openSwitchboard } from './server/janus.server.ts';
import { iceServersFor } from './server/turn.server.ts';
import { createHmac } from 'node:crypto';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const state = { sound: true, picture: 'camera', sees: true } as const;
const seat = (n: number, no = n) => ({ device: id(n), person: id(100 + n), seat: no, state });

describe('who begins with whom', () => {
  it('CA7 of any two exactly one offers, so that they never offer at once', () => {
    for (let a = 1; a < 6; a++) for (let b = 1; b < 6; b++) if (a !== b) expect([a, b, offers(id(a), id(b)) !== offers(id(b), id(a))]).toEqual([a, b, true]);
  });

  it('CA4 who comes back keeps those who stayed, and begins anew with those who came anew, or for whom one is new', () => {
    const held = new Map([[id(1), 1], [id(2), 2], [id(3), 3]]);
    const names = (anew: boolean, seats: ReturnType<typeof seat>[]) => {
      const { meet, part } = meetings(held, seats, anew);
      return [meet.map(({ device }) => device), part];
    };
    expect(names(false, [seat(1), seat(2, 9), seat(4)])).toEqual([[id(2), id(4)], [id(2), id(3)]]);
    expect(names(false, [seat(1), seat(2), seat(3)])).toEqual([[], []]);
    expect(names(true, [seat(1), seat(2)])).toEqual([[id(1), id(2)], [id(1), id(2), id(3)]]);
  });
});

describe('how much of a picture is sent', () => {
  it('CA9 the sound first, small pictures when all goes well, large ones later; the first bad look takes the largest away', () => {
    const bearing = new Bearing();
    const good = { lost: 0, way: 80 };
    const seen: Tier[] = Array.from({ length: 5 }, () => bearing.looks(good));
    expect(seen).toEqual(['sound', 'small', 'small', 'large', 'large']);
    expect([bearing.looks({ lost: 1_500, way: 90 }), bearing.looks({ lost: 0, way: 3_000 })]).toEqual(['small', 'sound']);
    // What has failed twice is tried again only after four times as long; what is neither good nor bad begins the waiting anew.
    const again: Tier[] = Array.from({ length: 7 }, () => bearing.looks(good));
    expect(again.every((tier) => tier === 'sound')).toBe(true);
    expect([bearing.looks({ lost: 400, way: 80 }), ...Array.from({ length: 8 }, () => bearing.looks(good))].at(-1)).toBe('small');
  });

  it('CA9 to each as much as they look at: large to whom it is large, none in low data, and never more than the line bears', () => {
    const me = id(1);
    expect([tierFor('large', { sees: true, large: me }, me), tierFor('large', { sees: true, large: id(2) }, me), tierFor('large', { sees: false, large: me }, me), tierFor('sound', { sees: true, large: me }, me)])
      .toEqual(['large', 'small', 'sound', 'sound']);
  });

  it('CA9 of a screen what stands large comes as it is, a few times a second, also among many; of a camera never more than a phone shows', () => {
    const of = (tier: 'small' | 'large', isScreen: boolean, many: boolean) => shapeOf(tier, { many, isScreen, long: 1_920 });
    expect([of('large', true, false), of('large', true, true), of('small', true, false), of('large', false, false), of('large', false, true)].map(({ frames, scale }) => [frames, scale]))
      .toEqual([[5, 1], [5, 1], [10, 6], [20, 1.5], [12, 3]]);
    // Before its size is known nothing is made smaller, and what is small already stays as it is.
    expect([shapeOf('large', { many: false, isScreen: false, long: undefined }).scale, shapeOf('large', { many: false, isScreen: false, long: 640 }).scale]).toEqual([1, 1]);
  });

  it('CA9 says before a call what a line bears', () => {
    expect([{ way: 40, up: 9_000, down: 9_000 }, { way: 300, up: 400, down: 5_000 }, { way: 200, up: 90, down: 400 }, { way: 900, up: 20, down: 400 }, { way: 4_000, up: 900, down: 900 }].map(adviceFor))
      .toEqual(['video', 'small', 'sound', 'clip', 'clip']);
  });
});

it('CA5 what is said on the line of a call is exactly what it may be', () => {
  const fine = { is: 'to', device: id(1), say: { offer: 'v=0' } };
  expect(upShape.safeParse(fine).success).toBe(true);
  for (const bad of [{ ...fine, from: id(2) }, { ...fine, say: { offer: 'v=0', answer: 'v=0' } }, { ...fine, say: { offer: 'x'.repeat(17_000) } }, { is: 'to', device: 'you', say: { again: 1 } }, { is: 'point', device: id(1), x: 2, y: 0 }, { is: 'shout' }, 7, null]) {
    expect([bad, upShape.safeParse(bad).success]).toEqual([bad, false]);
  }
});

it('CA6 credentials for TURN name when they end, and are proved by the secret alone', () => {
  const now = 1_800_000_000_000;
  const [server] = iceServersFor({ urls: ['turn:t.example:3478'], secret: 'hidden' }, id(7), now);
  expect(server).toMatchObject({ urls: ['turn:t.example:3478'], username: `${1_800_000_000 + 12 * 3_600}:${id(7)}` });
  // As coturn reckons it.
  expect(server!.credential).toBe(createHmac('sha1', 'hidden').update(server!.username!).digest('base64'));
  expect(JSON.stringify(server)).not.toContain('hidden');
  expect(iceServersFor(undefined, id(7), now)).toEqual([]);
});

it('CA10 what a browser throws is told as what it is', () => {
  expect(['NotAllowedError', 'NotReadableError', 'NotFoundError', 'OverconstrainedError', 'TypeError'].map((name) => troubleOf(Object.assign(new Error('no'), { name })))).toEqual(['refused', 'held', 'none', 'none', 'unknown']);
});

describe('the other camera', () => {
  afterEach(() => vi.unstubAllGlobals());
  const asked: unknown[] = [];
  const cameras = (...ids: string[]): void => {
    asked.length = 0;
    vi.stubGlobal('navigator', { mediaDevices: {
      getUserMedia: async ({ video }: { video: { facingMode?: unknown; deviceId?: unknown } }) => { asked.push(video.facingMode ?? video.deviceId); return { getTracks: () => [{}] }; },
      enumerateDevices: async () => [{ kind: 'audioinput', deviceId: 'mic' }, ...ids.map((deviceId) => ({ kind: 'videoinput', deviceId }))],
    } });
  };
  const open = (settings: MediaTrackSettings) => {
    const track = { stopped: false, getSettings: () => settings, stop: () => { track.stopped = true; } };
    return track as typeof track & MediaStreamTrack;
  };

  it('CA10 of a telephone it is the one on the other side; of a PC, whose cameras have no sides, the next one; the first is closed before', async () => {
    cameras('a', 'b');
    const [front, desk, last] = [open({ deviceId: 'a', facingMode: 'user' }), open({ deviceId: 'a' }), open({ deviceId: 'b' })];
    for (const one of [front, desk, last]) await otherPicture('environment', one);
    await otherPicture('user', undefined);
    expect([asked, front.stopped, desk.stopped]).toEqual([['environment', { exact: 'b' }, { exact: 'a' }, 'user'], true, true]);
  });
});

describe('a call that does not stand', () => {
  it('CA12 nothing comes through while one gets in, alone on a line that is away, or with others of whom nobody is connected', () => {
    const up = (stage: 'entering' | 'in' | 'away', ...connected: boolean[]): boolean => isUp({ stage, seats: connected.map((_, i) => seat(i)) }, (device) => connected[Number(device.slice(-12))]!);
    expect([up('entering'), up('away'), up('in', false, false), up('away', false)]).toEqual([false, false, false, false]);
    // Nobody else is there yet; one of them is; our server is away, and what goes directly goes on.
    expect([up('in'), up('in', false, true), up('away', true)]).toEqual([true, true, true]);
  });

  it('CA12 a clip is made of what is open; what was opened for it alone is closed behind it, and without a camera it says why', async () => {
    const track = () => ({ stopped: false, stop() { this.stopped = true; } });
    const [picture, sound] = [track(), track()];
    const [open, opened] = [picture, sound] as unknown as MediaStreamTrack[];
    const clip = await filming(open, async () => ({ ok: true, track: opened! }));
    if (typeof clip === 'string') throw new Error(clip);
    clip.done();
    expect([clip.tracks, picture.stopped, sound.stopped]).toEqual([[picture, sound], false, true]);
    const refused = async (): Promise<Opened> => ({ ok: false, trouble: 'refused' });
    expect([await filming(refused, open), await filming(open, refused)]).toMatchObject(['refused', { tracks: [picture] }]);
  });
});

describe('what is sent to another', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** The way of a picture as Chromium has it: what is set must have been read since something was set last, and while nothing is being agreed. */
  class Sender {
    readonly track = { kind: 'video', getSettings: () => ({ width: 1_280, height: 720 }) };
    encoding: RTCRtpEncodingParameters = {};
    agreeing = false;
    #isRead = false;
    getParameters(): { encodings: RTCRtpEncodingParameters[] } {
      this.#isRead = true;
      return { encodings: [{ ...this.encoding }] };
    }
    async setParameters({ encodings }: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
      await Promise.resolve();
      if (this.agreeing) throw new DOMException('Attempted to set RtpParameters with modified RTCP parameters', 'InvalidModificationError');
      if (!this.#isRead) throw new DOMException('getParameters() has never been called on this sender', 'InvalidStateError');
      this.encoding = encodings[0]!;
      await Promise.resolve();
      this.#isRead = false;
    }
  }

  it('CA9 is limited by one thing at a time, and in the end by what was asked last', async () => {
    const sender = new Sender();
    vi.stubGlobal('RTCPeerConnection', class { addEventListener() {} getTransceivers() { return []; } getSenders() { return [sender]; } });
    vi.stubGlobal('MediaStream', Object);
    const wire = new Wire([], { audio: null, video: null });
    const nothing = { audio: null, video: null };
    const agrees = async (): Promise<void> => {
      sender.agreeing = true;
      await new Promise(setImmediate);
      sender.agreeing = false;
    };
    await Promise.all([wire.turn(agrees), wire.sends(nothing), wire.bears('small'), wire.bears('large'), wire.turn(agrees), wire.sends(nothing), wire.bears('small')]);
    expect(sender.encoding).toEqual({ active: true, maxBitrate: 120_000, maxFramerate: 10, scaleResolutionDownBy: 4 });
  });
});

describe('through Janus', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** A connection that agrees to everything at once. */
  class Connection extends EventTarget {
    connectionState = 'new';
    iceGatheringState = 'complete';
    signalingState = 'stable';
    closed = false;
    localDescription = { sdp: 'v=0' };
    getTransceivers = () => [];
    getSenders = () => [];
    addTransceiver = () => undefined;
    setLocalDescription = async () => undefined;
    setRemoteDescription = async () => undefined;
    close(): void { this.closed = true; }
    becomes(state: string): void {
      this.connectionState = state;
      this.dispatchEvent(new Event('connectionstatechange'));
    }
  }

  it('CA7 what fails is offered anew, and who sends no more is let go and watched when they send again', async () => {
    const made: Connection[] = [];
    vi.stubGlobal('RTCPeerConnection', class extends Connection { constructor() { super(); made.push(this); } });
    vi.stubGlobal('MediaStream', Object);
    const said: UpSignal['is'][] = [];
    const ways = new JanusWays({ ice: [], tracks: { audio: null, video: null }, say: ({ is }) => void said.push(is), changed: () => undefined });
    await vi.waitFor(() => expect(said).toEqual(['publish']));
    made[0]!.becomes('failed');
    await vi.waitFor(() => expect(said).toEqual(['publish', 'publish']));
    expect([made[0]!.closed, made[1]!.closed, ways.sending.connection === made[1] as unknown]).toEqual([true, false, true]);
    ways.feeds([id(1), id(2)]);
    for (const other of [id(1), id(2)]) ways.offered(other, 'v=0');
    await vi.waitFor(() => expect(said.slice(2)).toEqual(['watch', 'watch', 'watching', 'watching']));
    ways.feeds([id(2)]);
    expect([made[2]!.closed, made[3]!.closed]).toEqual([true, false]);
    ways.feeds([id(1), id(2)]);
    expect(said.slice(6)).toEqual(['watch']);
    ways.close();
    made[1]!.becomes('failed');
    expect(made.length).toBe(4);
  });

  it('CA7 what neither stands nor fails is begun anew, each time after twice as long, and no more once it stands or is gone', async () => {
    vi.useFakeTimers();
    const made: Connection[] = [];
    vi.stubGlobal('RTCPeerConnection', class extends Connection { constructor() { super(); made.push(this); } });
    vi.stubGlobal('MediaStream', Object);
    const said: string[] = [];
    const ways = new JanusWays({ ice: [], tracks: { audio: null, video: null }, say: (one) => void said.push('device' in one ? `${one.is} ${one.device}` : one.is), changed: () => undefined });
    await vi.advanceTimersByTimeAsync(0);
    // The first words of it were lost: the browser goes on believing in it.
    made[0]!.becomes('connecting');
    await vi.advanceTimersByTimeAsync(10_100);
    expect([said, made[0]!.closed]).toEqual([['publish', 'publish'], true]);
    made[1]!.becomes('connecting');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(made[1]!.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(made[1]!.closed).toBe(true);
    made[2]!.becomes('connected');
    await vi.advanceTimersByTimeAsync(200_000);
    expect([made[2]!.closed, said.splice(0)]).toEqual([false, ['publish', 'publish', 'publish']]);

    // One whose offer never comes, one whose way never stands, one that stands, and one that goes meanwhile.
    const [never, stuck, good, gone] = [id(1), id(2), id(3), id(4)];
    ways.feeds([never, stuck, good, gone]);
    for (const other of [stuck, good, gone]) ways.offered(other, 'v=0');
    await vi.advanceTimersByTimeAsync(0);
    made[4]!.becomes('connected');
    ways.feeds([never, stuck, good]);
    said.length = 0;
    await vi.advanceTimersByTimeAsync(10_100);
    expect(said.splice(0)).toEqual([`watch ${never}`, `watch ${stuck}`]);
    ways.offered(stuck, 'v=0');
    await vi.advanceTimersByTimeAsync(0);
    expect([made[3]!.closed, said.splice(0)]).toEqual([true, [`watching ${stuck}`]]);
    made.at(-1)!.becomes('connected');
    await vi.advanceTimersByTimeAsync(20_100);
    expect(said.splice(0)).toEqual([`watch ${never}`]);
    ways.close();
    await vi.advanceTimersByTimeAsync(200_000);
    expect(said).toEqual([]);
  });

  /** Janus, as far as it is asked here: what it is told is done. */
  class Server extends EventTarget {
    static readonly OPEN = 1;
    readonly readyState = Server.OPEN;
    attached = 0;
    #ids = 0;
    constructor() {
      super();
      queueMicrotask(() => this.dispatchEvent(new Event('open')));
    }
    tells = (said: object): void => void this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(said) }));
    send(text: string): void {
      const { janus, transaction, body } = JSON.parse(text) as { janus: string; transaction: string; body?: { request: string } };
      const id = ++this.#ids;
      if (janus === 'attach') this.attached = id;
      queueMicrotask(() => this.tells({ janus: body && body.request !== 'create' ? 'event' : 'success', transaction, data: { id }, plugindata: { data: { id } }, jsep: { type: 'answer', sdp: 'v=0' } }));
    }
    close(): void { this.dispatchEvent(new Event('close')); }
  }

  it('CA7 the others are told that who sends anew is gone, and then that they can be had', async () => {
    const made: Server[] = [];
    vi.stubGlobal('WebSocket', class extends Server { constructor() { super(); made.push(this); } });
    const board = await openSwitchboard({ url: new URL('ws://janus.example'), key: 'hidden' });
    const told: (readonly string[])[] = [];
    const sends = async (device: string, hears: (devices: readonly string[]) => void = () => undefined): Promise<void> => {
      await board.publish(id(9), device, 'v=0', hears);
      // It is spoken to once there is something to say.
      const [janus] = made;
      janus!.tells({ janus: 'webrtcup', sender: janus!.attached });
      await new Promise(setImmediate);
    };
    await sends(id(1), (devices) => told.push(devices));
    await sends(id(2));
    await sends(id(2));
    expect(told).toEqual([[], [id(2)], [], [id(2)]]);
    board.close();
    await new Promise(setImmediate);
  });
});
