import { allowed, idShape, momentShape } from '@noroshi/foundations/kernel';
import { command, eventKind, happens, question, workspaceStream, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';

/** The stream of the audit: nobody is in it, so it comes down to no device and counts as unread nowhere. Administrators ask. */
export const auditStream: StreamKey = 'a';

/** What is noted beside what stands in the record anyhow: who came in, who looked, who took something out. */
export const whats = [
  'signedIn', 'signedInByLink', 'signInWrong', 'signInSlowed', 'signInDisabled', 'signedOut', 'deviceEnded', 'devicesEnded', 'passwordChanged',
  'invited', 'reissued', 'invitationWithdrawn', 'personDevicesEnded',
  'cardOpened', 'peopleExported', 'documentFetched', 'auditRead', 'auditExported', 'tableMade', 'signedInByNumber',
] as const;
export type What = (typeof whats)[number];

const short = z.optional(z.string().check(z.maxLength(200)));
const noteShape = {
  what: z.enum(whats),
  /** Whom it is about, where that is another. */
  of: z.optional(idShape),
  /** From where, and with what. Fields of their own, so that they can be emptied. */
  address: short, device: short,
  /** When it happened, where it is written down only later: the database was away, or the device had no line. */
  when: z.optional(momentShape),
  /** Which paper, which filter. Never what was typed at a door, no password, no token, no one-time code. */
  note: short,
  /** It happened on a device that had no line. */
  off: z.optional(z.boolean()),
  /** How often that day, where it is told together. */
  times: z.optional(z.int()),
};
const begun = eventKind('audit.begun', 314, z.object({}));
/** By whom and when stands in the envelope. */
export const noted = eventKind('audit.noted', 315, z.object(noteShape));

/** The first that writes to the stream makes it. */
export const beginAudit = command('audit.begin', {
  about: 'Begins the stream of the audit.',
  input: z.strictObject({}),
  streams: () => [workspaceStream],
  alone: true, system: true, offline: false,
  needs: () => ({}),
  may: () => allowed,
  then: () => [{ begins: auditStream }, happens(begun, {}, { on: auditStream })],
});

/** Not alone: it holds nobody's lock but that of its own stream, which nobody else writes to. */
export const noteAudit = command('audit.note', {
  about: 'Notes that someone came in, looked or took something out.',
  input: z.strictObject(noteShape),
  streams: () => [auditStream],
  system: true, offline: false,
  may: () => allowed,
  then: (what) => [happens(noted, what)],
});

export const auditFacts = { events: [begun, noted], nouns: [] };

/** What an auditor chooses from. */
export const groups = ['all', 'signIn', 'view', 'export', 'people', 'rules', 'keeping'] as const;
export type Group = (typeof groups)[number];

export const filterShape = {
  group: z.optional(z.enum(groups)),
  /** Who did it, or to whom it was done. */
  person: z.optional(idShape),
  from: z.optional(momentShape), until: z.optional(momentShape),
  words: z.optional(z.string().check(z.maxLength(100))),
};
export type AuditFilter = Readonly<z.output<z.ZodMiniObject<typeof filterShape>>>;

/** One line: what, by whom, about whom or what, as the record has it. */
export const lineShape = z.object({
  at: momentShape, by: idShape, org: idShape, drill: z.boolean(),
  /** The kind of event, or `audit.` and what was noted: its sentence is `audit.kind.<it>`. */
  kind: z.string(),
  /** People, organizations, rooms and disasters that it names, by id. */
  of: z.array(idShape),
  /** What else of it helps an auditor: a role, a reason, which paper. */
  says: z.record(z.string(), z.string()), address: z.optional(z.string()), device: z.optional(z.string()),
  /** When it was told, where that was later; and whether it happened without a line. */
  told: z.optional(momentShape), off: z.optional(z.boolean()),
});
export type AuditLine = z.output<typeof lineShape>;
const placeShape = z.object({ at: momentShape, stream: z.int(), seq: z.int() });

/** 監査記録を見る. That it was looked at is noted too. */
export const findAudit = question('audit.find', {
  about: 'The audit, newest first, fifty lines at a time: sign-ins, views of personal data, what was taken out, administration. For administrators; asking is noted.',
  input: z.strictObject({ ...filterShape, before: z.optional(placeShape) }),
  output: z.object({ lines: z.array(lineShape), more: z.optional(placeShape) }),
});
