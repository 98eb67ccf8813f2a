import type { Visit } from '@noroshi/features/account/server';
import { mayTend, person as personNoun, type Person } from '@noroshi/features/directory';
import { mayUrgent, room as roomNoun, type Room } from '@noroshi/features/talk';
import { words } from '@noroshi/foundations/i18n';
import { refused, type Id, type Refusal } from '@noroshi/foundations/kernel';
import { areSubscriptionKeys, dictionaries, isPushEndpoint, type Notifier } from '@noroshi/foundations/notify/server';
import { roomStream, workspaceStream, type Door } from '@noroshi/foundations/sync';
import { asRefusal, ComeBackLater, type AtDoor, type Stair } from '@noroshi/foundations/sync/server';
import { randomUUID } from 'node:crypto';
import { confirm, deviceStates, mine, mostMutes, muteRoom, reach, setHours, sync, tryOut, wakeStandings, type Mine } from '../wake.ts';
import { beginTrial, endTrial, hoursOf, isGone, mute, mutesOf, putDevice, putHours, rowOf, rowsOf, unmute, type DeviceRow } from './wake.store.ts';
import type { Places } from './whereabouts.server.ts';

export interface Keeping {
  readonly stair: Stair;
  readonly teller: Notifier;
  readonly places: Places;
  readonly publicKey: string;
  readonly inside: readonly string[];
}

/** A trial costs its asker as much as so many questions: it goes out of the house. */
const trialCost = 10;

/** How each door is answered. */
export function keepers(keeping: Keeping): [string, AtDoor<Visit>][] {
  const { stair, teller, inside } = keeping;
  const { pool, now, memory } = stair;
  const at = <I, O>(door: Door<I, O>, keeper: (visit: Visit & { readonly actor: NonNullable<Visit['actor']>; readonly session: NonNullable<Visit['session']> }, input: I) => Promise<O | Refusal>, cost = 1): [string, AtDoor<Visit>] => [door.door, async (visit, input) => {
    const { actor, session } = visit;
    if (!actor || !session) return refused('account.signedOut');
    try {
      stair.takesQuestion(actor, cost);
    } catch (error) {
      if (error instanceof ComeBackLater) return asRefusal(error);
      throw error;
    }
    return keeper({ ...visit, actor, session }, input as I);
  }];
  const how = (visit: { session: { id: Id; person: Id } }): Promise<Mine> => mineOf(keeping, visit.session.person, visit.session.id);

  return [
    at(sync, async (visit, { state, language, subscription }) => {
      if (subscription && (!isPushEndpoint(subscription.endpoint, inside) || !areSubscriptionKeys(subscription))) return refused('wake.strangeSubscription');
      if ((state === 'on') !== (subscription !== undefined)) return refused('wake.strangeSubscription');
      // Taken again, it would fail again with the next push, and so on at each start. The device makes a new one.
      if (subscription && await isGone(pool, visit.session.id, subscription.endpoint)) return refused('wake.strangeSubscription');
      await putDevice(pool, { session: visit.session.id, person: visit.session.person, state, language, at: now(), subscription });
      return how(visit);
    }),
    at(mine, how),
    at(tryOut, async ({ session, actor }) => {
      const device = (await keeping.places.devices(actor.person)).find((one) => one.session === session.id);
      if (!device) return refused('wake.notOn');
      const token = randomUUID();
      await beginTrial(pool, session.id, token, now());
      const { t } = words(device.language, dictionaries[device.language]);
      const sent = await teller.try(
        'push', { to: device.endpoint, keys: device }, { id: token, person: actor.person, title: t('push.trial'), body: t('push.trialSays'), path: '/account/waking', tag: 'wake/trial', urgent: true, drill: false },
        { language: device.language, confirm: token },
      );
      return sent.ok ? {} : refused(sent.code);
    }, trialCost),
    at(confirm, async ({ session }, { token }) => {
      const trial = await endTrial(pool, session.id, token, now());
      return trial ? { took: trial.confirmed - trial.tried } : refused('wake.trialNotFound');
    }),
    at(muteRoom, async (visit, { room, on }) => {
      if (!on) await unmute(pool, visit.actor.person, room);
      else if (!memory.maySee(visit.actor.person, roomStream(room))) return refused('talk.roomNotFound');
      else if (!(await mute(pool, visit.actor.person, room, mostMutes))) return refused('wake.tooManyMutes', { max: mostMutes });
      return how(visit);
    }),
    at(setHours, async (visit, { hours }) => {
      if (hours && hours.begins === hours.ends) return refused('wake.hoursEmpty');
      await putHours(pool, visit.actor.person, hours);
      return how(visit);
    }),
    at(reach, async ({ actor }, { room }) => {
      const stream = memory.streams.get(roomStream(room));
      const known = memory.get(roomNoun.noun, room)?.value as Room | undefined;
      if (!stream || !known || !memory.maySee(actor.person, stream.key)) return refused('talk.roomNotFound');
      const may = mayUrgent(actor, undefined, memory.get(personNoun.noun, actor.person)?.value as Person | undefined);
      if (!may.ok) return may;
      const people = [...stream.byNo.values()].map(({ person }) => person).filter((person) => person !== actor.person && memory.maySee(person, stream.key) && isOpen(stair, person));
      const channels = await Promise.all(people.map(async (person) => ({ person, by: await teller.reach(person) })));
      const push = channels.filter(({ by }) => by.includes('push'));
      // A drill stays in the house.
      const later = known.drill ? [] : channels.filter(({ by }) => !by.includes('push') && (by.includes('mail') || by.includes('sms')));
      const reached = new Set([...push, ...later].map(({ person }) => person));
      return { push: push.length, later: later.length, none: people.filter((person) => !reached.has(person)) };
    }),
    at(wakeStandings, async ({ actor }) => {
      const people = memory.of(workspaceStream, personNoun.noun).map((doc) => doc.value as Person).filter((who) => !who.disabled && mayTend(actor, who.org).ok);
      if (people.length === 0) return refused('account.notAllowed');
      const rows = Map.groupBy(await rowsOf(pool, people.map(({ id }) => id), now()), ({ person }) => person);
      return {
        standings: await Promise.all(people.map(async ({ id }) => ({
          person: id, ...summed(rows.get(id) ?? []),
          mail: teller.has('mail') && (await keeping.places.places(id, 'mail')).length > 0,
          sms: teller.has('sms') && (await keeping.places.places(id, 'sms')).length > 0,
        }))),
      };
    }),
  ];
}

const isOpen = ({ memory }: Stair, person: Id): boolean => {
  const who = memory.get(personNoun.noun, person)?.value as Person | undefined;
  return who !== undefined && !who.disabled;
};

const latest = (moments: readonly (number | null)[]): number | undefined => {
  const known = moments.filter((at) => at !== null);
  return known.length > 0 ? Math.max(...known) : undefined;
};

/** All devices of a person in one line. */
function summed(rows: readonly DeviceRow[]) {
  const [worked, confirmed] = [latest(rows.map((row) => row.worked)), latest(rows.map((row) => row.confirmed))];
  const failed = rows.find((row) => row.failed !== null)?.failed;
  const state = deviceStates.find((one) => rows.some((row) => row.state === one));
  return {
    devices: rows.filter(({ on }) => on).length,
    ...(state ? { state } : {}), ...(worked !== undefined ? { worked } : {}), ...(confirmed !== undefined ? { confirmed } : {}), ...(failed ? { failed } : {}),
  };
}

async function mineOf({ stair: { pool }, teller, publicKey }: Keeping, person: Id, session: Id): Promise<Mine> {
  const [row, mutes, hours, channels] = await Promise.all([rowOf(pool, session), mutesOf(pool, person), hoursOf(pool, person), teller.reach(person)]);
  return {
    publicKey, on: row?.on ?? false, mutes, others: channels.filter((channel) => channel !== 'push'),
    ...(row?.worked != null ? { worked: row.worked } : {}), ...(row?.failed != null ? { failed: row.failed } : {}),
    ...(row?.tried != null ? { tried: row.tried, ...(row.confirmed !== null ? { took: row.confirmed - row.tried } : {}) } : {}),
    ...(hours ? { hours } : {}),
  };
}
