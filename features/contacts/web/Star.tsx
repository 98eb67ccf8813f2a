import { Button, FieldError } from '@noroshi/foundations/ui';
import { useLive, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { setFavourite } from '../favourites.ts';
import { readKept } from './known.ts';

/** Takes someone among one's favourites, or out of them; nobody else sees it. */
export function Star({ of }: { of: string }) {
  const { t } = useWords();
  const { actor } = useStair();
  const sending = useSending();
  const favourites = useLive(async (stair) => (await readKept(stair)).favourites);
  if (!favourites || actor.role === 'guest') return null;
  const on = favourites.includes(of);
  return (
    <div class="star">
      <Button icon="star" pressed={on} onClick={() => void sending.send(setFavourite, { of, on: !on })}>{t('contacts.favourite')}</Button>
      {on && <span class="sub">{t('contacts.favouriteIs')}</span>}
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
    </div>
  );
}

/** On the card of someone with an account. */
export default function PersonStar({ person }: { person: string }) {
  const { actor } = useStair();
  return person === actor.person ? null : <Star of={person} />;
}
