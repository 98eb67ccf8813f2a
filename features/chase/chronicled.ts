import type { Chronicled, Tells } from '@noroshi/foundations/chronicled';
import type { Id } from '@noroshi/foundations/kernel';
import type { PhoneCard } from './card.ts';
import { cardNoun } from './card-noun.ts';

/**
 * The calls that were made about a card, for the chronology.
 * @param orgOf whose people they are, as the room knows them
 */
export const cardChronicled = ({ id, whom, calls }: PhoneCard, orgOf: (person: Id) => Id | undefined): Chronicled[] => calls.map(({ by, at, result, word }, i): Chronicled => ({
  key: `chase/${id}/${i}`, at, by, org: orgOf(by) ?? '', about: [orgOf(whom)].filter((org) => org !== undefined), kind: 'report', href: `/chase/${id}`,
  says: ({ t }, names) => `${t('chase.chronicled', { name: [names.org(orgOf(whom) ?? ''), names.person(whom)].filter(Boolean).join(' '), result: t(`chase.call.${result}`) })}${word ? t('talk.withWord', { word }) : ''}`,
}));

/** The same, of whatever this room holds. */
export const chaseTells: Tells<PhoneCard> = { noun: cardNoun, told: (value, incident, orgOf) => (value.incident === incident ? cardChronicled(value, orgOf) : []) };
