import { bytesToId } from '@noroshi/foundations/kernel';
import { down, eventFrame, foldEdition, pack, subprotocol, up, type DownFrame, type Event, type UpFrame } from '@noroshi/foundations/sync';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { house } from '../apps/house.ts';

const advice = `
What goes over the wire has changed, and devices in the field speak the old one. If that is as it should be:
fields of an event were only added at the end, numbers were not used again, and a changed meaning has raised \`wireVersion\`
(or \`foldEdition\`, where an event now does something else to a thing). Then write it down: npx vitest run --project unit e2e/shapes.test.ts -u
`;

const formOf = (shape: z.ZodMiniType): string => createHash('sha256').update(JSON.stringify(z.toJSONSchema(shape, { unrepresentable: 'any' }))).digest('hex').slice(0, 16);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const sixteen = Uint8Array.from({ length: 16 }, (_, i) => i);
const ups: { [K in keyof typeof up]: UpFrame } = {
  hello: [up.hello, 1, sixteen, 1], command: [up.command, sixteen, 'talk.say', { text: 'あ' }, 1_530_910_800_000, 3], again: [up.again, 4], fetch: [up.fetch, 7, 120], old: [up.old, 7, 120, 50],
  read: [up.read, 7, [[1, 5]]], arrived: [up.arrived, [[7, 5]]], open: [up.open, 7], ping: [up.ping],
};
const event: Event = { stream: 'r:x', seq: 12, id: bytesToId(Uint8Array.from(sixteen, (b) => (b === 6 ? 0x70 : b === 8 ? 0x80 : b))), n: 1, kind: 'stream.left', at: 5, by: bytesToId(sixteen), org: bytesToId(sixteen), incident: bytesToId(sixteen), drill: true, message: 4, body: { person: bytesToId(sixteen) } };
const downs: { [K in keyof typeof down]: DownFrame | ReturnType<typeof eventFrame> } = {
  welcome: [down.welcome, 1, 1_530_910_800_000, 0, sixteen], heads: [down.heads, [[7, 'r:x', 12, 4, 3, 1]], [8], 1], answer: [down.answer, sixteen, 1, 7, 12, 1_530_910_800_000],
  event: eventFrame(house.kinds.get('stream.left')!, event, { stream: 7, member: () => undefined }),
  batch: [down.batch, 7, 3, 12, 0, sixteen], snapshot: [down.snapshot, 7, 'r:x', 12, 1, 0, 3, 1, [3, 12, 4, [[6, 9]], 5], 0, sixteen], old: [down.old, 7, 1, 0, 0, sixteen],
  marks: [down.marks, 7, 1, [[3, 12, 4, [[6, 9]], 5], [[4, 9], 12, 12, [], 5], [sixteen, 12, 11, [], 5]]], pong: [down.pong, 5], bye: [down.bye, 'line.oldClient'], later: [down.later, 2000],
};

it('S60 what goes over the wire changes only on purpose', async () => {
  const shapes = {
    subprotocol,
    foldEdition,
    up: Object.fromEntries(Object.entries(ups).map(([name, frame]) => [name, hex(pack(frame))])),
    down: Object.fromEntries(Object.entries(downs).map(([name, frame]) => [name, hex(pack(frame))])),
    events: Object.fromEntries([...house.kinds.values()].toSorted((a, b) => a.no - b.no).map((kind) => [`${kind.no} ${kind.kind}`, `${kind.fields.join(' ')} · ${formOf(kind.shape)}${kind.message ? ' · message' : ''}`])),
    deeds: Object.fromEntries([...house.deeds.values()].toSorted((a, b) => (a.deed < b.deed ? -1 : 1)).map((deed) => [deed.deed, formOf(deed.input)])),
    questions: Object.fromEntries([...house.questions.values()].toSorted((a, b) => (a.question < b.question ? -1 : 1)).map((q) => [q.question, `${formOf(q.input)} ${formOf(q.output)}`])),
  };
  await expect(`${JSON.stringify(shapes, null, 1)}\n`, advice).toMatchFileSnapshot('shapes.json');
});
