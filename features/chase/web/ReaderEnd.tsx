import type { Asked } from '@noroshi/foundations/asked';
import type { ReaderProps } from '@noroshi/foundations/web';
import { theMessage } from '@noroshi/features/talk';
import { IconButton, State } from '@noroshi/foundations/ui';
import { useLive, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { cardIdOf } from '../card-id.ts';
import { takeCard } from '../take-card.ts';
import { otherWhoRingsHere, readAsking, readCards, readPhones, readPlace } from './known.ts';

/** Behind someone who has not answered urgent words: who is ringing them, or the way to ring them, which takes their card. */
export default function ReaderEnd({ room, message, person, asked }: ReaderProps & { readonly asked: readonly Asked[] }) {
  const { t } = useWords();
  const route = useRoute();
  const { actor } = useStair();
  const sending = useSending();
  const id = cardIdOf(message, person);
  const known = useLive(async (stair) => {
    const [shown, place, phones, asking] = await Promise.all([readCards(stair, { id }), readPlace(stair, room), readPhones(stair, person), readAsking(stair, asked, theMessage(message).noun, message)]);
    const card = shown[0]?.card;
    const other = card?.taken && card.taken.by !== stair.actor.person ? card.taken.by : await otherWhoRingsHere(stair, person, place?.room.drill !== undefined);
    return { card, place, phones, other, calledOff: asking?.calledOff ?? false };
  }, [id]);
  if (!known?.place || person === actor.person || actor.role === 'guest' || known.place.room.closedAt !== undefined) return null;
  const { card, place, phones, other, calledOff } = known;
  const nameOf = (one: string): string => place.byPerson.get(one)?.card.name ?? t('talk.someone');
  if (other) return <State kind="doing" icon="phone">{t('chase.ringing', { name: nameOf(other) })}</State>;
  if (sending.trouble) return <span class="error" role="alert">{sending.trouble}</span>;
  // A false alarm is nothing to ring about.
  if (phones.length === 0 || calledOff) return null;
  const label = t('chase.callWho', { name: nameOf(person) });
  if (card?.taken) return <IconButton icon="phone" class="callbtn" label={label} href={`/chase/${id}`} />;
  return <IconButton icon="phone" class="callbtn" label={label} onClick={async () => {
    if (await sending.send(takeCard, { room, noun: 'message', thing: message, whom: person })) route.go(`/chase/${id}`);
  }} />;
}
