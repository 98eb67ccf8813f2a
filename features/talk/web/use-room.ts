import { message, room as roomNoun, type Message, type Room } from '@noroshi/features/talk';
import { asksOf } from '../message.ts';
import { organization, type Organization } from '@noroshi/features/directory';
import { currentStay, isCounted, roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { HeldMark } from '@noroshi/foundations/sync/web';
import type { Id, Moment } from '@noroshi/foundations/kernel';
import { useLive, useStair } from '@noroshi/foundations/web';
import { useEffect, useMemo } from 'preact/hooks';

/** A room as this device knows it: who is in it and how far they have read. */
export interface RoomNow {
  readonly room: Room;
  readonly members: readonly Member[];
  readonly byPerson: ReadonlyMap<Id, Member>;
  readonly me: Member | undefined;
  /** Those who are in it now. */
  readonly here: readonly Member[];
  /** Organizations by id; empty for a guest, who has no directory. */
  readonly organizations: ReadonlyMap<Id, Organization>;
}

/** The room and its people, with what waits in the outbox. `null` where this device has no such room. */
export function useRoom(id: Id): RoomNow | null | undefined {
  const me = useStair().actor.person;
  const told = useLive(async (stair) => {
    const stream = roomStream(id);
    const doc = await stair.replica.db.doc.get([roomNoun.noun, id]);
    if (!doc) return null;
    const items = await stair.replica.outbox.item.where('stream').equals(stream).filter((item) => item.state !== 'refused').sortBy('order');
    const overlaid = items.length > 0 ? (await stair.overlay([doc], items)).find((d) => d.noun === roomNoun.noun && d.id === id) : doc;
    const members = (await stair.replica.all<Member>('member', stream)).map((m) => m.value);
    return { room: (overlaid ?? doc).value as Room, members };
  }, [id]);
  const organizations = useLive(async (stair) => new Map((await stair.replica.all<Organization>(organization.noun)).map((o) => [o.value.id, o.value])));
  return useMemo(() => told && told.room.id === id ? {
    ...told,
    byPerson: new Map(told.members.map((m) => [m.person, m])),
    me: told.members.find((m) => m.person === me),
    here: told.members.filter((m) => currentStay(m)),
    organizations: organizations ?? new Map<Id, Organization>(),
  } : told === null ? null : undefined, [told, organizations, me, id]);
}

/** How far the members of a room have read, and as of when. Undefined `told`: nobody has said yet. */
export interface MarksNow { readonly marks: ReadonlyMap<number, HeldMark>; readonly told: Moment | undefined }

/** Watches the marks of the room on the screen. */
export function useMarks(id: Id): MarksNow | undefined {
  const stair = useStair();
  const stream = roomStream(id);
  useEffect(() => {
    stair.openRoom(stream);
    return () => stair.openRoom(undefined);
  }, [stair, stream]);
  return useLive(async (s) => {
    const { db } = s.replica;
    const marks = new Map((await db.mark.where('stream').equals(stream).toArray()).map((m) => [m.member, m]));
    return { marks, told: (await db.stream.get(stream))?.told };
  }, [stream]);
}

/** Important and urgent messages of a room that I have not answered, oldest first. */
export function useUnanswered(id: Id): readonly Doc<Message>[] | undefined {
  return useLive(async (stair) => {
    const stream = roomStream(id);
    const items = await stair.replica.outbox.item.where('stream').equals(stream).filter((item) => item.state !== 'refused').sortBy('order');
    const asking = await stair.replica.asking<Message>(stream);
    const me = (await stair.replica.all<Member>('member', stream)).find((m) => m.value.person === stair.actor.person)?.value;
    const overlaid = (items.length > 0 ? await stair.overlay(asking, items) : asking) as Doc<Message>[];
    return overlaid.filter((d) => d.noun === message.noun && d.stream === stream && me && owesAnswer(d, me));
  }, [id]);
}

/** Whether a message waits for this member's answer. */
export function owesAnswer({ value, born }: Doc<Message>, me: Member): boolean {
  return asksOf(value, me.person, me.card.org) && isCounted(me, born) && !value.answers?.[me.person];
}
