import { theOrganization, thePerson } from '@noroshi/features/directory';
import { theIncident } from '@noroshi/features/incident';
import { theMessage, theRoom, type Message } from '@noroshi/features/talk';
import { allowed, idShape, refused } from '@noroshi/foundations/kernel';
import { command, happens, roomStream, workspaceStream, type Effect, type Ref } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { corrected, entered, entryShape, theCount, theEntry } from './entry.ts';
import { instructed, orderShape, theInstruction } from './instruction.ts';
import { mayCorrect, mayOrder, mayRecord } from './may-record.ts';
import { isNonsense, timeDoubt } from './time-doubt.ts';

const input = z.strictObject({
  incident: idShape,
  ...entryShape.def.shape,
  /** The entry in whose place it stands. */
  corrects: z.optional(idShape),
  /** With 指示: who has to do it, and by when. */
  order: z.optional(orderShape),
  /** The writer was asked whether the time is right, and says that it is. */
  sure: z.optional(z.literal(true)),
});
export type Said = z.output<typeof input>;

/** 記録する: a line of the chronology, by hand, from a message, or in the place of another. */
export const enter = command('chronology.enter', {
  about: 'Writes a line into the chronology of an incident, with when it happened; when it was entered and by whom is added. A correction is a new line that names the old. An instruction names who has to do it.',
  input,
  // Who has no place in the talk of a message learns nothing of it, and takes nothing from it.
  streams: ({ source }) => [workspaceStream, ...(source ? [roomStream(source.room)] : [])],
  // What is not named is looked for where nothing can be.
  needs: ({ incident, town, source, corrects, order }, actor) => ({
    incident: theIncident(incident), count: theCount(incident),
    town: theOrganization(town ?? actor.org), room: theRoom(source?.room ?? incident),
    // What is not at hand is fetched from the tables, so no message is asked for where none is named.
    message: (source ? theMessage(source.message) : theRoom(incident)) as Ref<Message>,
    old: theEntry(corrects ?? incident), oldOrder: theInstruction(corrects ?? incident),
    owner: theOrganization(order?.owner ?? actor.org), person: thePerson(order?.person ?? actor.person),
  }),
  may(actor, { incident, town, room, message, old, owner, person }, said, { now }) {
    const verdict = mayRecord(actor, incident);
    if (!verdict.ok || !incident) return verdict;
    if (!town || (said.source && (!room || !message))) return refused('chronology.notFound');
    // What was said in a drill is nothing that happened, and the other way round.
    if (said.source && (room!.drill === undefined ? incident.drill : room!.drill !== incident.id)) return refused('chronology.otherDrill');
    if (said.corrects) {
      if (!old || old.incident !== incident.id) return refused('chronology.notFound');
      if (!mayCorrect(actor, incident, old)) return refused('chronology.othersEntry', { no: old.no });
      if (old.corrected) return refused('chronology.correctedAlready', { no: old.no, by: old.corrected.no });
    }
    const doubt = timeDoubt(said.on, incident.openedAt, now);
    if (isNonsense(doubt) || (doubt && !said.sure)) return refused(`chronology.${doubt}`);
    if ((said.kind === 'order') !== (said.order !== undefined)) return refused('chronology.orderNeedsOwner');
    if (!said.order) return allowed;
    if (incident.closedAt !== undefined && !said.corrects) return refused('chronology.incidentOver', { name: incident.name });
    if (!owner || !mayOrder(actor, incident, owner.id)) return refused('chronology.ownPeopleOnly');
    if (said.order.person && (!person || person.org !== owner.id || person.disabled)) return refused('chronology.notTheirs');
    // Both are said by the minute.
    return said.order.due !== undefined && said.order.due + 60_000 <= said.on ? refused('chronology.dueBefore') : allowed;
  },
  then({ incident: _of, corrects, order, sure: _sure, ...said }, { incident, count, old, oldOrder }): Effect[] {
    const no = (count?.n ?? 0) + 1;
    const envelope = { incident: incident!.id, drill: incident!.drill };
    return [
      // A correction has the source of what it corrects, also from the hand of someone who cannot read it there.
      happens(entered, { ...said, no, ...(old?.source && !said.source ? { source: old.source } : {}), ...(corrects ? { corrects: { entry: corrects, no: old!.no } } : {}) }, envelope),
      ...(order ? [happens(instructed, { ...order, ...(oldOrder ? { state: oldOrder.state } : {}) }, envelope)] : []),
      ...(corrects ? [happens(corrected, { entry: corrects, no }, envelope)] : []),
    ];
  },
});
