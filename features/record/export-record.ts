import { theIncident } from '@noroshi/features/incident';
import { theRoom } from '@noroshi/features/talk';
import { allowed, refused, systemPerson } from '@noroshi/foundations/kernel';
import { command, currentStay, happens, membership, roomStream, workspaceStream } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { exported, selectionShape } from './export-noun.ts';

/** 記録を書き出す: takes a part of the record out, to be read and proven elsewhere. That it was done stands in the record itself. */
export const exportRecord = command('record.export', {
  about: 'Takes a part of the record out: of a disaster, a room, a time, of what the asker may read; with the audit where it is chosen (of all, or of a time). For administrators. The file is fetched at /documents/record/<id>.zip by who asked for it, within a day.',
  input: z.strictObject(selectionShape),
  // Of a room it is told in that room: nobody else need know that there is one.
  streams: ({ room }) => [room === undefined ? workspaceStream : roomStream(room)],
  offline: false,
  needs: ({ incident, room }, actor) => ({
    incident: theIncident(incident ?? systemPerson), room: theRoom(room ?? systemPerson),
    me: membership(room === undefined ? workspaceStream : roomStream(room), actor.person),
  }),
  may(actor, { incident, room, me }, asked) {
    // Before anything else: who may not see a room learns nothing of it, an administrator neither.
    if (asked.room !== undefined && (!room || !currentStay(me))) return refused('record.notFound');
    if (actor.role !== 'administrator') return refused('record.notAllowed');
    if (asked.incident !== undefined && !incident) return refused('record.notFound');
    if (asked.from !== undefined && asked.until !== undefined && asked.until <= asked.from) return refused('record.noTime');
    // It is of the house, and of no room and no disaster.
    if (asked.audit && (asked.room !== undefined || asked.incident !== undefined)) return refused('record.auditOfAll');
    return allowed;
  },
  then: (asked, { incident }) => [happens(exported, asked, incident && asked.incident !== undefined ? { incident: incident.id, drill: incident.drill } : {})],
});
