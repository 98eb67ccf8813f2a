import { refused, type Actor, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { theIncident, type Incident } from '@noroshi/features/incident';
import { theRoom, type Room } from '@noroshi/features/talk';
import { currentStay, membership, roomStream, type Member, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import { deskStream, theBoard } from './board-place.ts';
import { thePost, type Post } from './board-post.ts';

/** The streams of a deed of those who write: the board, and the desk at which they have a place. (B2) */
export const writing = ({ board }: { board: Id }): readonly StreamKey[] => [roomStream(board), deskStream(board)];

/** What whoever writes must know. */
export const atDesk = ({ board }: { board: Id }, actor: Actor) => ({ board: theBoard(board), room: theRoom(board), me: membership(deskStream(board), actor.person) });

/** What whoever reads must know of a notice. */
export const onPost = ({ board, post }: { board: Id; post: Id }, actor: Actor) => ({ room: theRoom(board), me: membership(roomStream(board), actor.person), post: thePost(post) });

/** The incident that is named, if one is. */
export const named = (incident: Id | undefined) => (incident ? { incident: theIncident(incident) } : {}) as { incident: Ref<Incident> };

interface Here { readonly room: Room | undefined; readonly me: Member | undefined; readonly post?: Post | undefined }

/** Why nothing can be done here, if so: no such board or nobody of it, or closed. */
export function noPlace({ room, me }: Here): Refusal | undefined {
  if (!room || !currentStay(me)) return refused('board.notFound');
  return room.closedAt === undefined ? undefined : refused('board.closed');
}

/** Why nothing can be done to this notice, if so. */
export function noPost(here: Here): Refusal | undefined {
  return noPlace(here) ?? (!here.post ? refused('board.postNotFound') : here.post.withdrawn ? refused('board.withdrawn') : undefined);
}

/** The incident and whether it is a drill, for what is told of a notice. */
export const envelope = (of: Pick<Post, 'incident' | 'drill'>): { incident?: Id; drill: boolean } => ({ ...(of.incident ? { incident: of.incident } : {}), drill: of.drill ?? false });
