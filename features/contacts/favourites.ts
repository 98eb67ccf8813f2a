import { cardOf, theOrganization, thePerson } from '@noroshi/features/directory';
import { allowed, idShape, refused, type Id } from '@noroshi/foundations/kernel';
import { command, eventKind, happens, membership, noun, ref, workspaceStream, type Effect, type Ref, type StreamKey } from '@noroshi/foundations/sync';
import * as z from 'zod/mini';
import { theContact } from './contact.ts';

/** One's own: a stream in which nobody else ever is, on all of one's devices. No room can be opened under its name. (AB7) */
export const ownStream = (person: Id): StreamKey => `p:${person}`;
/** More would be a list and no favourites. */
export const mostFavourites = 100;

export const favoured = eventKind('contacts.favoured', 364, z.object({ of: idShape, on: z.boolean() }));

/** お気に入り: whom someone wants at hand, people and contacts, in the order in which they took them. */
export interface Favourites { readonly of: readonly Id[] }
export const favourites = noun<Favourites>('favourites').on(favoured, (e) => e.by, (now, { body: { of, on } }) => ({ of: [...(now?.of ?? []).filter((one) => one !== of), ...(on ? [of] : [])] }));
export const theFavourites = (person: Id): Ref<Favourites> => ref(favourites, person);

/** お気に入りにする・外す. The place for them is made with the first; it works without a line from the first, too. */
export const setFavourite = command('contacts.setFavourite', {
  about: 'Takes a person or a contact among the asker’s favourites, or out of them. Nobody else learns of it.',
  input: z.strictObject({ of: idShape, on: z.boolean() }),
  streams: () => [workspaceStream],
  // A stream begins with the first: that is done under the workspace's lock.
  alone: true,
  needs: ({ of }, { person, org }) => ({ who: thePerson(of), what: theContact(of), mine: theFavourites(person), me: thePerson(person), from: theOrganization(org), place: membership(ownStream(person), person) }),
  may(actor, { who, what, mine, me, from }, { on }) {
    if (actor.role === 'guest' || actor.role === 'system' || !me || !from) return refused('contacts.notFound');
    if (!on) return allowed;
    if (!who && (!what || what.removed)) return refused('contacts.notFound');
    return (mine?.of.length ?? 0) >= mostFavourites ? refused('contacts.favouritesFull', { most: mostFavourites }) : allowed;
  },
  then(input, { me, from, place }, { person }): Effect[] {
    const on = ownStream(person);
    return [...(place ? [] : [{ begins: on }, { joins: person, card: cardOf(me!, from!, undefined), history: true, on }]), happens(favoured, input, { on })];
  },
});
