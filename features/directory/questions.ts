import { idShape, momentShape } from '@noroshi/foundations/kernel';
import { door, question } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { checkedRowShape } from './checked-row.ts';
import { importShape } from './import-people.ts';

/** How a table may be written. `auto` finds out by looking. */
export const tableEncodings = ['auto', 'utf-8', 'shift_jis', 'utf-16'] as const;

/** The longest table, in characters of base64: about 150 kB of file. */
const longestFile = 200_000;

/** A dry run: what would a table do? Nothing happens by it. */
export const checkImport = question('directory.checkImport', {
  about: 'Reads a table of people (CSV in UTF-8, Shift_JIS or UTF-16, as base64) and tells row by row what importing it would do, or what is wrong with it, and who is here and not in it (nobody is taken away). Its `input` is what directory.import takes.',
  input: z.strictObject({ file: z.string().check(z.minLength(1), z.maxLength(longestFile)), encoding: z.optional(z.enum(tableEncodings)), /** Rows that are wrong are left, and the others taken. */ leaves: z.optional(z.boolean()) }),
  output: z.strictObject({
    encoding: z.enum(['utf-8', 'shift_jis', 'utf-16']),
    columns: z.array(z.strictObject({ head: z.string(), known: z.boolean() })),
    rows: z.array(checkedRowShape),
    /** Who is here in an organization of which the table tells, and not in it. */
    missing: z.array(z.strictObject({ name: z.string(), orgName: z.string() })),
    input: z.optional(importShape),
  }),
});

export const exportKinds = ['csv', 'vcard'] as const;

/** The address book as a file, without priority lines: their numbers are not to be handed around. */
export const exportPeople = question('directory.export', {
  about: 'The address book as a table (CSV) or as cards (vCard 4.0), as base64. Administrators for all, managers for their own organization. Priority lines are left out.',
  input: z.strictObject({
    kind: z.enum(exportKinds),
    /** Of a table: Shift_JIS for programs that know nothing else. */
    encoding: z.optional(z.enum(['utf-8', 'shift_jis'])),
    org: z.optional(idShape),
  }),
  output: z.strictObject({
    name: z.string(),
    type: z.string(),
    file: z.string(),
    /** People in it. */
    count: z.int(),
    /** Characters of names that Shift_JIS does not have, and which stand in the file as 〓. */
    missing: z.array(z.string()),
  }),
});

/** A device tells that someone's card was opened on it, with their telephone numbers: that is noted, once a day. The card itself lies on the device. */
export const openedCard = door('directory.openedCard', {
  about: 'Tells that the card of someone, with their telephone numbers, was opened on this device.',
  input: z.strictObject({ person: idShape }),
  output: z.strictObject({}),
  signedIn: true,
});

const lateNoteShape = z.strictObject({
  /** Made by the device: what is told twice is noted once. */
  id: idShape,
  what: z.enum(['cardOpened', 'tableMade']),
  /** Whose card, or the table of which disaster. */
  of: z.optional(idShape),
  /** What the table is called. */
  note: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** The first time of that day, by the server's clock as the device knows it. */
  at: momentShape,
  times: z.int().check(z.minimum(1), z.maximum(100_000)),
  /** There was no line. */
  off: z.boolean(),
});
export type LateNote = Readonly<z.output<typeof lateNoteShape>>;

/** A device tells what was opened and made on it by itself: cards without a network, tables of what lies on it. */
export const toldLate = door('directory.toldLate', {
  about: 'Tells which cards were opened on this device without a network, and which tables it has made of what lies on it.',
  input: z.strictObject({
    /** Who had signed in then. */
    by: idShape,
    notes: z.array(lateNoteShape).check(z.minLength(1), z.maxLength(50)),
  }),
  output: z.strictObject({}),
  signedIn: true,
});
export type LateNotes = z.output<typeof toldLate.input>;
