import { canonical } from '@noroshi/foundations/kernel';
import type { EventLine, LogEntry, Manifest } from './form.ts';
import { readAs } from './json.ts';
import type { Envelope } from './leaf.ts';
import { isAnything, isCount, isHash, isMoment, isText, isTrueOrFalse, listOf, maybe, objectOf, oneOf, onlyOf, tableOf, type Is } from './shape.ts';

// What stands in an export, as far as it has the form of one: nothing of it is believed yet.

const isDrill = maybe(oneOf(true));
const isCommitments = (value: unknown): value is string => isText(value) && /^(?:[0-9a-f]{64})*$/.test(value);

/**
 * A line of events.jsonl. Ids and streams are what the log says they are: whatever stands there is hashed, and compared with what was signed; so is what is not
 * known here.
 */
export const isLine: Is<EventLine> = objectOf({
  i: isCount, stream: isText, seq: isCount, id: isText, n: isCount, kind: isCount, at: isMoment, by: isText, org: isText,
  incident: maybe(isText), drill: isDrill, message: maybe(isCount), about: maybe(isCount), commitments: isCommitments,
  fields: tableOf(onlyOf({ salt: maybe(isText), value: isAnything })),
});
const isLeaf = onlyOf({ i: isCount, stream: isText, seq: isCount, at: isMoment, incident: maybe(isText), drill: isDrill, envelope: isHash, shown: maybe(oneOf('line', 'withheld')) });
const isNode = onlyOf({ i: isCount, level: isCount, hash: isHash });
const isEntry: Is<LogEntry> = (value): value is LogEntry => isLeaf(value) || isNode(value);

const isManifest: Is<Manifest> = objectOf({
  form: isCount, origin: isText, export: isText, by: isText, at: isMoment,
  selection: objectOf({ incident: maybe(isText), room: maybe(isText), from: maybe(isMoment), until: maybe(isMoment) }),
  drill: maybe(isTrueOrFalse), audit: maybe(isText), size: isCount, root: isHash,
  streams: listOf(objectOf({ stream: isText, from: isCount, to: isCount, lines: isCount, withheld: isCount })), kinds: tableOf(isText), keys: listOf(isText),
  files: tableOf(objectOf({ size: isCount, sha256: isHash })),
});

/** A line of events.jsonl. */
export const readLine = (text: string): EventLine | undefined => readAs(isLine, text);

/** What a line says beside its place and its words. */
export const envelopeIn = ({ i: _i, fields: _fields, ...envelope }: EventLine): Envelope => envelope;

/** A line of log.jsonl: written in one way only. */
export function readEntry(text: string): LogEntry | undefined {
  const entry = readAs(isEntry, text);
  return entry && canonical(entry) === text ? entry : undefined;
}

/** Of which form an export says that it is: what another one looks like is not known here. */
export const readForm = (text: string): number | undefined => readAs(objectOf({ form: isCount }), text)?.form;

/** manifest.json. */
export const readManifest = (text: string): Manifest | undefined => readAs(isManifest, text);

/** What streams are called, in names.json. It is for reading, and need not be there. */
export const readRooms = (text: string): Readonly<Record<string, string>> => readAs(objectOf({ rooms: tableOf(isText) }), text)?.rooms ?? {};
