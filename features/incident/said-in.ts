import type { Room } from '@noroshi/features/talk';
import type { Incident } from './disaster.ts';

/** Whether what is said in a talk can be said of this incident: in the twin room of a drill of that drill alone, in any other of what is real. */
export const canBeOf = ({ id, drill }: Pick<Incident, 'id' | 'drill'>, room: Pick<Room, 'drill'>): boolean => (room.drill === undefined ? !drill : room.drill === id);
