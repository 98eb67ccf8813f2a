import { incident, type Incident } from '@noroshi/features/incident';
import { message, room, type Message, type Room } from '@noroshi/features/talk';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import type { LowerEnd } from '@noroshi/foundations/sync/web';
import type { DispatchRequest } from '../dispatch-request.ts';

/** The newest words of an organization's people in a room: one of them may tell of the damage. */
export async function readReports(stair: LowerEnd, place: Id, org: Id, most = 8): Promise<Message[]> {
  const stream = roomStream(place);
  const docs = await stair.replica.db.doc.where('[stream+noun+born]').between([stream, message.noun, -Infinity], [stream, message.noun, Infinity]).reverse()
    .filter(({ value }) => { const one = value as Message; return one.org === org && !one.note && !one.withdrawn; }).limit(most).toArray();
  return docs.map((doc) => doc.value as Message);
}

/** The message that a request names as its report of the damage, if this device holds it. */
export const readReport = async (stair: LowerEnd, request: DispatchRequest): Promise<Message | undefined> =>
  (request.details.damageReport ? stair.replica.get<Message>(message.noun, request.details.damageReport) : undefined);

export const readRoom = (stair: LowerEnd, id: Id): Promise<Room | undefined> => stair.replica.get<Room>(room.noun, id);
export const readIncident = (stair: LowerEnd, id: Id): Promise<Incident | undefined> => stair.replica.get<Incident>(incident.noun, id);
