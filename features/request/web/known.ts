import { organization, person, type Organization, type Person } from '@noroshi/features/directory';
import { beside, type Language } from '@noroshi/foundations/i18n';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream, type Doc, type Member } from '@noroshi/foundations/sync';
import type { LowerEnd, OutboxItem } from '@noroshi/foundations/sync/web';
import { request, type DispatchRequest } from '../dispatch-request.ts';

/** Names of organizations and people. Who has no directory (a guest) knows them from the room. */
export interface Names {
  org(id: Id): string;
  /** Several, in one line. */
  orgs(ids: readonly Id[]): string;
  short(id: Id): string;
  person(id: Id): string;
  post(id: Id): string;
  readonly kinds: ReadonlyMap<Id, Organization['kind']>;
}

export async function readNames(stair: LowerEnd, place: Id | undefined, language: Language): Promise<Names> {
  const organizations = new Map((await stair.replica.all<Organization>(organization.noun)).map((doc) => [doc.value.id, doc.value]));
  const members = new Map((place ? await stair.replica.all<Member>('member', roomStream(place)) : []).map((doc) => [doc.value.person, doc.value.card]));
  // Over all rooms the directory knows the names.
  const people = new Map((place ? [] : await stair.replica.all<Person>(person.noun)).map((doc) => [doc.value.id, doc.value.name]));
  const cards = new Map([...members.values()].map((card) => [card.org, card]));
  const org = (id: Id): string => {
    const one = organizations.get(id);
    return one ? (language === 'en' && one.romaji ? one.romaji : one.name) : (cards.get(id)?.orgName ?? '');
  };
  return {
    org,
    orgs: (ids) => beside(ids.map(org), { language }),
    short: (id) => organizations.get(id)?.short ?? cards.get(id)?.mark ?? '',
    person: (id) => members.get(id)?.name ?? people.get(id) ?? '',
    post: (id) => members.get(id)?.post ?? '',
    kinds: new Map([...organizations.values()].map((o) => [o.id, o.kind])),
  };
}

/** A request as this device shows it. */
export interface Shown {
  /** As it will be when the outbox has been heard. */
  readonly now: DispatchRequest;
  /** What the server has; absent where even the request itself still waits. */
  readonly held: DispatchRequest | undefined;
  /** Something of what is shown is on this device alone: 仮. */
  readonly waiting: number;
  /** What the server refused and nobody has put away yet. */
  readonly refused: readonly OutboxItem[];
}

const concerns = (item: OutboxItem): Id | undefined =>
  (item.name === 'request.send' ? item.id : item.name.startsWith('request.') ? (item.input as { request?: Id }).request : undefined);

/** All requests this device knows, those it has not sent yet among them. */
export async function readRequests(stair: LowerEnd, only?: { room?: Id | undefined; id?: Id | undefined }): Promise<Shown[]> {
  const docs = only?.id !== undefined
    ? [await stair.replica.db.doc.get([request.noun, only.id])].filter((doc): doc is Doc => doc !== undefined)
    : await stair.replica.all<DispatchRequest>(request.noun, only?.room && roomStream(only.room));
  const items = (await stair.replica.outbox.item.toArray()).filter((item) => concerns(item) !== undefined);
  const live = items.filter((item) => item.state !== 'refused');
  const overlaid = await stair.overlay(docs as Doc[], live);
  return overlaid
    .filter((doc): doc is Doc<DispatchRequest> => doc.noun === request.noun)
    .map(({ id, value }) => ({
      now: value,
      held: docs.find((doc) => doc.id === id)?.value as DispatchRequest | undefined,
      waiting: live.filter((item) => concerns(item) === id).length,
      refused: items.filter((item) => item.state === 'refused' && concerns(item) === id),
    }))
    .filter(({ now }) => (only?.id === undefined || now.id === only.id) && (only?.room === undefined || now.room === only.room));
}

export const readRequest = async (stair: LowerEnd, id: Id): Promise<Shown | undefined> => (await readRequests(stair, { id }))[0];
