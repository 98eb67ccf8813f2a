import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { derivedId, type Id } from '@noroshi/foundations/kernel';
import type { Notice, Teller } from '@noroshi/foundations/notify';
import { wordsIn } from '@noroshi/foundations/notify/server';
import { currentStay, roomStream } from '@noroshi/foundations/sync';
import type { Stair } from '@noroshi/foundations/sync/server';
import { decline } from '../attend.ts';
import { call as callNoun, ringsFor, type Call } from '../call-noun.ts';

export interface CallerNeeds { readonly stair: Stair; readonly teller: Teller }

/**
 * Rings by push, and says later to whom it rang in vain that they missed it, in the same place of their screen. (CA2)
 * @returns resolves when it is known what became of each notice
 */
export async function tellOfCall({ stair, teller }: CallerNeeds, id: Id, room: Id, missed: boolean): Promise<void> {
  const { memory } = stair;
  const one = memory.get(callNoun.noun, id)?.value as Call | undefined;
  const place = memory.get(roomNoun.noun, room)?.value as Room | undefined;
  if (!one || !place) return;
  const { ended: _ended, ...before } = one;
  const people = [...memory.streams.get(roomStream(room))?.byNo.values() ?? []].filter((who) => currentStay(who) && !who.shut && ringsFor(missed ? before : one, who.person));
  const by = memory.member(roomStream(room), one.by)?.card;
  await Promise.all(people.map(async ({ person }) => {
    if (!(await teller.reach(person)).includes('push')) return;
    const { t } = wordsIn(await teller.languageOf(person));
    const mark = one.drill ? t('app.drillMark') : '';
    const from = place.kind === 'direct' ? by?.orgName ?? '' : place.name;
    const notice: Notice = {
      id: derivedId(id, `${missed ? 'missed' : 'ring'}/${person}`), person, channel: 'push',
      title: `${mark}${t(missed ? 'push.callMissed' : 'push.call', { room: from })}`,
      body: t(missed ? 'push.callMissedSays' : one.kind === 'show' ? 'push.callShows' : 'push.callSays', { name: by?.name ?? '', org: by?.orgName ?? '' }),
      path: missed ? `/talk/${room}` : `/call/${room}`, tag: `/call/${id}`, urgent: !missed, drill: one.drill === true,
      // As the important: in quiet hours it comes without a sound.
      gentle: true, silent: missed,
      ...(missed ? {} : { acts: [{ label: t('call.later'), done: t('call.saidLater'), deed: decline.deed, input: { room, call: id } }] }),
    };
    await teller.tell(notice);
  }));
}
