import type { Id } from '@noroshi/foundations/kernel';
import { readEvent, type Frame } from '@noroshi/foundations/sync';
import { house as everything } from '../apps/house.ts';
import { each, type OurHouse, type Person } from './our-house.ts';
import { sleep } from './processes.ts';
import type { Result } from './talk.ts';
import { keyOf, ThinLine, type Heard } from './thin-line.ts';

/** 37 characters. */
const text = '野村町で堤防が切れました。避難所に職員を十二人、至急お願いしたいです。以上';
const places = ['野村小学校', '宇和文化会館', '明浜支所', '三瓶公民館', '城川中学校', '乙亥会館', '高山漁港'];
const needs = ['毛布が足りません。{n}枚お願いします。', '職員{n}人の交代を明朝までに手配できますか。', '断水が続いています。給水車をあと{n}台回してください。', '避難者は{n}人、うち乳児が2人です。', '国道が通れるようになりました。{n}時から片側通行です。', '罹災証明の窓口に{n}人が並んでいます。応援を頼みます。'];
/** What people write in a day, none of it twice. */
export const sentence = (i: number): string => `${places[i % places.length]}です。${needs[(i * 5 + 2) % needs.length]!.replace('{n}', String(3 + ((i * 37) % 211)))}`;

async function said(line: ThinLine, room: Id, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  const answered = Promise.withResolvers<void>();
  let open = words.length;
  line.heard = { answer: (_line, _id, done, code) => {
    if (!done) answered.reject(new Error(`refused: ${code}`));
    if (--open === 0) answered.resolve();
  } };
  for (const one of words) line.command('talk.say', { room, text: one });
  await answered.promise;
}

/** A line of someone, on which a listener may be told of raw frames. */
async function lineOf(house: OurHouse, who: Person, heard: Heard = {}): Promise<ThinLine> {
  const line = await ThinLine.open({ port: house.port, cookie: who.cookie, heard });
  await line.greet();
  return line;
}

/**
 * Bytes at the socket, in both directions, with what WebSockets put around them and without compression of live frames.
 * Six people are needed: one listens, and the others speak in turn, since nobody writes more than 300 messages at once.
 */
export async function wire(house: OurHouse, { rooms, missed }: { rooms: number; missed: number }): Promise<Result[]> {
  const [aoi, ...others] = house.people.slice(0, 6) as [Person, ...Person[]];
  const speakers = await each(others, 5, (who) => lineOf(house, who));
  const speaker = speakers[0]!;
  const made = await each(Array.from({ length: rooms }), 1, (_room, r) => house.room([others[r % 5]!.id, aoi.id], others[r % 5]!));
  const listener = await lineOf(house, aoi);

  // One message by itself.
  await sleep(1_000);
  let quiet = listener.downBytes;
  const upBefore = speaker.upBytes;
  const heard = Promise.withResolvers<void>();
  listener.heard = { event: () => heard.resolve() };
  await said(speaker, made[0]!.id, [text]);
  await heard.promise;
  const delivered = listener.downBytes - quiet;
  const sent = speaker.upBytes - upBefore;

  // Coming back with nothing missed.
  listener.drop();
  const back = await ThinLine.open({ port: house.port, cookie: aoi.cookie });
  back.inherit(listener);
  const same = await back.greet();
  await sleep(300);
  const resume = { down: back.downBytes, up: back.upBytes };

  // Coming back with much missed in many rooms.
  back.drop();
  await sleep(500);
  for (const [r, room] of made.entries()) {
    await said(speakers[r % 5]!, room.id, Array.from({ length: missed }, (_, i) => sentence(r * missed + i)));
  }
  const frames: Frame[] = [];
  const done = Promise.withResolvers<void>();
  const late = await ThinLine.open({ port: house.port, cookie: aoi.cookie, heard: {
    frame: (frame) => { if (frames.push(frame) === rooms * missed) done.resolve(); },
  } });
  late.inherit(back);
  await late.greet();
  await done.promise;
  await sleep(300);
  const asJson = frames.reduce((sum, frame) => sum + Buffer.byteLength(JSON.stringify(jsonOf(frame, made, late, others))), 0);
  for (const line of speakers) line.drop();
  late.drop();
  return [
    { resume: 'nothing missed', same, bytesDown: resume.down, bytesUp: resume.up },
    { delivered: `${[...text].length} characters`, bytesDown: delivered, bytesUp: sent },
    { missed: frames.length, rooms, bytesDown: late.downBytes, asJson, part: Math.round((late.downBytes / asJson) * 1000) / 1000, perMessage: Math.round(late.downBytes / frames.length) },
  ];
}

/** An event as an API would tell it. */
function jsonOf(frame: Frame, rooms: readonly { key: string }[], line: ThinLine, speakers: readonly Person[]): object {
  const r = rooms.findIndex((room) => line.streams.get(room.key) === frame[1]);
  return readEvent(everything, frame, rooms[r]!.key, () => ({ person: speakers[r % 5]!.id, org: keyOf(new Uint8Array(16)) }));
}
