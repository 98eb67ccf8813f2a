import type { ComponentType } from 'preact';
import { useSheet } from './loaded.web.ts';
import { useRooms, type CardProps } from './rooms.web.ts';
import { useStair } from './stair.web.ts';

/**
 * Where words of a thing were taken out of the record: the mark, in their place; and for an administrator the way to ask for it.
 * Drawn by the room that keeps the record, which comes when there is something to draw.
 * @param said of what this command said alone
 * @param under the thing below which it stands
 */
export function Marks({ noun, id, marked, room, said, under }: { noun: string; id: string; marked: boolean; room?: string | undefined; said?: string | undefined; under?: string | undefined }) {
  const { actor } = useStair();
  const rooms = useRooms();
  const load = marked || actor.role === 'administrator' ? rooms.map(({ cards }) => cards?.['redaction']).find((card) => card) : undefined;
  const Card = useSheet<ComponentType<CardProps>>(load);
  return Card ? <Card id={id} stream="" line={noun} params={{ ...(room === undefined ? {} : { room }), ...(said === undefined ? {} : { said }), ...(under === undefined ? {} : { under }) }} /> : null;
}
