import { canonical } from '@noroshi/foundations/kernel';
import { fromHex } from './bytes.ts';
import { parsed, type EventLine, type LogEntry, type Manifest } from './form.ts';
import type { Envelope } from './leaf.ts';

// What stands in an export, as far as it has the form of one: nothing of it is believed yet.

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): value is string => typeof value === 'string' && fromHex(value, 32) !== undefined;

/** An object as a line of events.jsonl. */
export function lineIn(line: Record<string, unknown> | undefined): EventLine | undefined {
  const fields = line?.['fields'];
  const isFine = line && isCount(line['i']) && isCount(line['seq']) && isCount(line['at']) && typeof line['stream'] === 'string' && typeof line['commitments'] === 'string'
    && typeof fields === 'object' && fields !== null && Object.values(fields).every((one) => typeof one === 'object' && one !== null);
  return isFine ? (line as unknown as EventLine) : undefined;
}

/** A line of events.jsonl. */
export const readLine = (text: string): EventLine | undefined => lineIn(parsed(text));

/** What a line says beside its place and its words. */
export const envelopeIn = ({ i: _i, fields: _fields, ...envelope }: EventLine): Envelope => envelope;

/** A line of log.jsonl. */
export function readEntry(text: string): LogEntry | undefined {
  const entry = parsed(text);
  if (!entry || !isCount(entry['i']) || canonical(entry) !== text) return undefined;
  if ('level' in entry) return isCount(entry['level']) && isHash(entry['hash']) ? (entry as unknown as LogEntry) : undefined;
  return typeof entry['stream'] === 'string' && isCount(entry['seq']) && isCount(entry['at']) && isHash(entry['envelope']) ? (entry as unknown as LogEntry) : undefined;
}

export function readManifest(text: string): Manifest | undefined {
  const read = parsed(text);
  const isFine = read && typeof read['form'] === 'number' && typeof read['origin'] === 'string' && isCount(read['size']) && isHash(read['root']) && Array.isArray(read['streams']) && Array.isArray(read['keys'])
    && (read['streams'] as unknown[]).every((one) => typeof one === 'object' && one !== null && typeof (one as { stream?: unknown }).stream === 'string')
    && typeof read['files'] === 'object' && read['files'] !== null && typeof read['selection'] === 'object' && read['selection'] !== null;
  return isFine ? (read as unknown as Manifest) : undefined;
}
