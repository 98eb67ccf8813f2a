import { allowed, idShape, momentShape, refused, type Id, type Verdict } from '@noroshi/foundations/kernel';
import { theOrganization, type Organization } from '@noroshi/features/directory';
import { canBeOf, isMunicipality, theIncident, type Incident } from '@noroshi/features/incident';
import { noted, theMessage, theRoom, type Message, type Room } from '@noroshi/features/talk';
import { command, happens, roomStream, workspaceStream, type Effect, type Ref, type When } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { doubtsOf, figuresOf, isSame, wordsOf, type Lives } from './figures.ts';
import { builtIn, formKinds, type Form } from './form.ts';
import { theForm } from './form-set.ts';
import { thePopulation } from './population.ts';
import { keyShape, reported, sheetId, theSheet, toldShape, wordsShape, type DamageSheet, type Report } from './sheet.ts';

/** As many figures as any form has room for. */
const most = 200;
const input = z.strictObject({
  incident: idShape,
  town: idShape,
  kind: z.enum(formKinds),
  /** The version of the form. */
  form: z.int().check(z.minimum(1)),
  /** The report that this one was written upon: 0 before the first. */
  sees: z.int().check(z.minimum(0)),
  asOf: momentShape,
  /** The talk in which the town has its part, said by whoever sits there: one quiet line in it tells of the report. */
  room: z.optional(idShape),
  /** The figures that are new. What is not named stands as it was. */
  told: z.array(toldShape).check(z.maxLength(most)),
  words: z.optional(z.array(wordsShape).check(z.maxLength(most))),
  /** Figures of which the writer was asked whether they are so, and says that they are. */
  sure: z.optional(z.array(keyShape).check(z.maxLength(most))),
});
export type ReportSaid = z.output<typeof input>;

/** From which messages its figures come, each once. */
const sourcesOf = ({ told }: Pick<ReportSaid, 'told'>): readonly { room: Id; message: Id }[] => [...new Map(told.flatMap(({ message }) => (message ? [[message.message, message] as const] : []))).values()];
/** What a deed needs to know of them, under names of their own. */
const refsOf = (said: Pick<ReportSaid, 'told'>): Record<string, Ref<Room> | Ref<Message>> =>
  Object.fromEntries(sourcesOf(said).flatMap(({ room, message }) => [[`room/${room}`, theRoom(room)], [`said/${message}`, theMessage(message)]]));
/** What of them is there. */
function heardOf(said: Pick<ReportSaid, 'told'>, facts: object): { readonly rooms: ReadonlyMap<Id, Room>; readonly messages: ReadonlySet<Id> } {
  const known = facts as Readonly<Record<string, unknown>>;
  const sources = sourcesOf(said);
  return {
    rooms: new Map(sources.flatMap(({ room }) => (known[`room/${room}`] ? [[room, known[`room/${room}`] as Room] as const] : []))),
    messages: new Set(sources.map(({ message }) => message).filter((id) => known[`said/${id}`])),
  };
}

/** 被害報告 第n報: a town tells its damage, or what is new of it. */
export const report = command('damage.report', {
  about: 'A town tells its damage: the next report of its sheet. Only what is new is named. The prefecture may enter it for a town.',
  input,
  // Who has no place in the talk of a message learns nothing of it, and takes no figure from it.
  streams: (said) => [workspaceStream, ...new Set([...sourcesOf(said).map(({ room }) => room), ...(said.room ? [said.room] : [])].map(roomStream))],
  needs: ({ incident, town, told, form, room }, actor) => ({ ...refsOf({ told }), form: theForm(form), place: theRoom(room ?? incident), incident: theIncident(incident), town: theOrganization(town), mine: theOrganization(actor.org), sheet: theSheet(incident, town), lives: thePopulation(town) }),
  may(actor, { incident, town, sheet, form, lives, ...from }, said) {
    if (actor.role === 'guest') return refused('damage.notForGuests');
    if (!incident || !town || !isMunicipality(town)) return refused('damage.notFound');
    if (town.id !== actor.org && actor.org !== incident.headquarters) return refused('damage.ownTownOnly');
    if (incident.closedAt !== undefined) return refused('damage.incidentOver', { name: incident.name });
    const { rooms, messages } = heardOf(said, from);
    for (const { room: where, message } of sourcesOf(said)) {
      const room = rooms.get(where);
      if (!room || !messages.has(message)) return refused('damage.sourceNotFound');
      // What was said in a drill is no damage, and the other way round.
      if (!canBeOf(incident, room)) return refused('damage.otherDrill');
    }
    return checkFigures(said, sheet, said.form === builtIn.version ? builtIn : form, town.name, lives);
  },
  then(said, { incident, sheet, form, town, place }, _actor, when): Effect[] {
    const reports = sheet?.reports ?? [];
    const [figures, words] = [figuresOf(reports), wordsOf(reports)];
    const told = said.told.filter((one) => !isSame(figures.get(one.key), one));
    const texts = (said.words ?? []).filter(({ key, text }) => (words.get(key) ?? '') !== text);
    const called = form && calledOn(form, [...told, ...texts].map(({ key }) => key));
    return [happens(reported, {
      town: said.town, kind: said.kind, form: said.form, asOf: said.asOf, told, words: texts, ...(called ? { called } : {}),
    }, { incident: incident!.id, drill: incident!.drill }), ...tellsIn(place, incident!, town!, reports.length + 1, when)];
  },
});

/**
 * 「西予市 被害報告 第2報」 in the talk of its group, for those who read there and not the situation board. It asks nobody for anything,
 * so it is quiet: who is hit reports again and again. Where the town has its part elsewhere by now, or none, nothing is said.
 */
function tellsIn(place: Room | undefined, { id, drill, roles }: Incident, { id: town, name }: Organization, rev: number, when: When): Effect[] {
  if (!place || place.closedAt !== undefined || roles.find(({ affected }) => affected === town)?.room !== place.id) return [];
  return [happens(noted, {
    id: when.newId('note/reported'), line: 'damage.reported', params: { town: name, rev }, orgs: { town: [town] }, ref: { noun: 'damageSheet', id: sheetId(id, town) }, quiet: 1 as const,
  }, { on: roomStream(place.id), incident: id, drill })];
}

/** What these parts are called on a form that brings its own names. */
const calledOn = ({ fields, words }: Form, keys: readonly string[]): NonNullable<Report['called']> => Object.fromEntries([
  ...fields.flatMap(({ key, says }) => (says && keys.includes(key) ? [[key, { name: says.name, unit: says.unit }] as const] : [])),
  ...words.flatMap(({ key, says }) => (says && keys.includes(key) ? [[key, { name: says }] as const] : [])),
]);

/** Whether all that is said can be said on this form, now. */
function checkFigures(said: ReportSaid, sheet: DamageSheet | undefined, form: Form | undefined, town: string, lives: Lives | undefined): Verdict {
  if (!form) return refused('damage.unknownForm', { form: said.form });
  const reports = sheet?.reports ?? [];
  if (said.sees > reports.length) return refused('damage.unknownReport', { rev: said.sees });
  const keys = [...said.told, ...(said.words ?? [])].map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) return refused('damage.saidTwice', { key: twice });
  const strange = said.words?.find(({ key }) => !form.words.some((one) => one.key === key))?.key;
  if (strange !== undefined) return refused('damage.unknownField', { key: strange });
  if (reports.length === 0 && said.told.length === 0) return refused('damage.nothingSaid');
  const [stands, seen] = [figuresOf(reports), figuresOf(reports, said.sees)];
  const doubts = doubtsOf(form, said.told, stands, lives);
  for (const one of said.told) {
    const field = form.fields.find(({ key }) => key === one.key);
    if (!field) return refused('damage.unknownField', { key: one.key });
    if (one.n !== null && !field.parts && !Number.isInteger(one.n)) return refused('damage.wholeNumber', { n: one.n });
    const now = stands.get(one.key);
    // Whoever wrote without having seen it would undo what a colleague has told meanwhile.
    if (now && now.rev !== seen.get(one.key)?.rev && now.n !== one.n) return refused('damage.changedMeanwhile', { rev: now.rev });
    const doubt = doubts.get(one.key);
    if (doubt && !said.sure?.includes(one.key)) return refused(`damage.${doubt.why}`, { n: doubt.sum ?? one.n ?? 0, before: doubt.than, town });
  }
  const text = (said.words ?? []).find(({ key, text: after }) => {
    const [now, was] = [wordsOf(reports).get(key), wordsOf(reports, said.sees).get(key)];
    return now !== was && now !== after;
  });
  return text ? refused('damage.changedMeanwhile', { rev: reports.length }) : allowed;
}
