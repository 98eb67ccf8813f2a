import { Button, FieldError, GroupHead, PersonRow, State, Tag } from '@noroshi/foundations/ui';
import { useNow, useRoute, useSending, useStair, useWords } from '@noroshi/foundations/web';
import { Fragment } from 'preact';
import { cardState } from '../card-state.ts';
import { cardIdOf } from '../card-id.ts';
import { takeCard } from '../take-card.ts';
import type { Missing } from './known.ts';
import { ageOf, logOf } from './log.ts';

/** What asks and is not answered: who is not reached, for how long, and what was tried with what result. */
export function MissingRows({ one }: { one: Missing }) {
  const words = useWords();
  const { t, time } = words;
  const { actor } = useStair();
  const now = useNow();
  const route = useRoute();
  const sending = useSending();
  const { asking, room, runs, people, place } = one;
  const tells = asking.kind.tells(asking.value, room.id);
  const nameOf = (id: string): string => place.byPerson.get(id)?.card.name ?? t('talk.someone');
  const rung = (by: string) => <State kind="doing" icon="phone">{by === actor.person ? t('chase.mine') : t('chase.taken', { name: nameOf(by) })}</State>;
  return (
    <section class="chase-missing">
      <GroupHead aside={<a class="link" href={tells.path}>{t('chase.openThing')}</a>}><State kind="urgent" icon="ring">{t('chase.missing', { n: people.length })}</State></GroupHead>
      <div class="chase-about">
        <p class="sub">{one.drill && <><Tag kind="drill">{t('chase.drill')}</Tag> </>}{words.beside([room.name, nameOf(tells.by)])} <time>{time(tells.at)}</time></p>
        <p>{tells.line(words)}</p>
      </div>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <ul>{people.map(({ who, card, rings: taker }) => {
        const log = logOf(runs, card?.card, who.no, nameOf, words);
        const state = card && cardState(card.card);
        const end = !taker && who.person !== actor.person && (card
          ? <Button href={`/chase/${card.card.id}`} icon="phone">{t('chase.ring')}</Button>
          : <Button icon="phone" onClick={async () => {
            if (await sending.send(takeCard, { room: room.id, noun: one.noun, thing: one.thing, whom: who.person })) route.go(`/chase/${cardIdOf(one.thing, who.person)}`);
          }}>{t('chase.ring')}</Button>);
        return (
          <Fragment key={who.no}>
            <PersonRow mark={who.card.mark} name={who.card.name} post={who.card.post} end={end} note={<>
              <State kind="urgent" icon={state === 'unreached' ? 'square' : null}>{t(state === 'unreached' ? 'chase.state.unreached' : state === 'told' ? 'chase.state.told' : 'chase.state.open', { age: ageOf(now - tells.at, words) })}</State>
              {taker && <> {card ? <a class="link" href={`/chase/${card.card.id}`}>{rung(taker)}</a> : rung(taker)}</>}
            </>} />
            {log.length > 0 && <li class="chase-tried"><ol class="log">{log.map((line, i) => <li key={i}><time>{time(line.at)}</time><span>{line.says}</span></li>)}</ol></li>}
          </Fragment>
        );
      })}</ul>
    </section>
  );
}
