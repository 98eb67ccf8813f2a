import { idShape, refused } from '@noroshi/foundations/kernel';
import { theOrganization } from '@noroshi/features/directory';
import { clockOf, clockShape, theIncident } from '@noroshi/features/incident';
import { theRoom } from '@noroshi/features/talk';
import { command, happens, roomStream, type Effect } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { checkContent } from './check-content.ts';
import { wind } from './clock.ts';
import { detailsShape, lineWordsShape, mostLines } from './content.ts';
import { sent, type DispatchRequest } from './dispatch-request.ts';
import { numbered, theCounter } from './number.ts';
import { tell } from './rules.ts';
import { checkReport, filesBetween, needsReport } from './what-belongs.ts';

/** 要請: a hit town asks for staff. Primary, secondaries and headquarters see it at the same moment. */
export const send = command('request.send', {
  about: 'A hit town asks for staff in its room. The id of the command is the id of the request; its number is given by the server.',
  input: z.strictObject({
    room: idShape,
    incident: idShape,
    /** The hit town, where headquarters asks on its behalf. */
    onBehalfOf: z.optional(idShape),
    lines: z.array(lineWordsShape).check(z.minLength(1), z.maxLength(mostLines)),
    details: z.optional(detailsShape),
    /** How long the primary has, where it is otherwise than the plan says. */
    clockMinutes: z.optional(clockShape),
  }),
  streams: ({ room }) => [roomStream(room)],
  needs: ({ room, incident, onBehalfOf, details }, actor) => ({
    room: theRoom(room),
    incident: theIncident(incident),
    town: theOrganization(onBehalfOf ?? actor.org),
    counter: theCounter(incident, room, onBehalfOf ?? actor.org),
    ...needsReport(details),
  }),
  may(actor, { room, incident, town, report }, input) {
    if (actor.role === 'guest') return refused('request.notForGuests');
    if (!room || !incident || !town) return refused('request.notFound');
    if (room.closedAt !== undefined) return refused('request.roomClosed');
    if (incident.closedAt !== undefined) return refused('request.incidentOver');
    if (input.onBehalfOf && input.onBehalfOf !== actor.org && actor.org !== incident.headquarters) return refused('request.onlyAsker');
    const role = incident.roles.find((r) => r.affected === town.id);
    if (!role) return refused('request.notHit', { town: town.name });
    // A town asks where its supporters listen; a drill is asked in its twin room and nowhere else.
    if (role.room !== room.id) return refused('request.otherRoom');
    const told = checkReport(undefined, input.details ?? {}, report);
    return told.ok ? checkContent(input.lines, input.details ?? {}) : told;
  },
  then(input, { room, incident, town, counter }, actor, when): Effect[] {
    const { primary, secondaries, assumed } = incident!.roles.find((r) => r.affected === town!.id)!;
    const n = (counter?.last ?? 0) + 1;
    const no = numbered(room!.short, town!.short, n);
    const supporters = { primary, secondaries: [...secondaries], headquarters: incident!.headquarters, assumed };
    const minutes = input.clockMinutes ?? clockOf(incident);
    const about = { incident: input.incident, drill: incident!.drill };
    const asked: Pick<DispatchRequest, 'id' | 'no' | 'room' | 'incident' | 'drill' | 'supporters'> = { id: when.id, no, room: input.room, ...about, supporters };
    return [
      happens(sent, {
        n, no, room: input.room, incident: input.incident, org: town!.id, supporters, clockMinutes: minutes,
        lines: input.lines.map((line, i) => ({ id: i + 1, ...line })), details: input.details ?? {},
      }, about),
      ...filesBetween(when.id, undefined, input.details ?? {}, about),
      tell(asked, actor.org === town!.id ? 'sent' : 'sentOnBehalf', { town: town!, count: input.lines.reduce((sum, l) => sum + l.count, 0) }, when),
      wind(asked, when.now + minutes * 60_000, 'clock'),
    ];
  },
});
