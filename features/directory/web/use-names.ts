import { member, type Member } from '@noroshi/foundations/sync';
import type { Id } from '@noroshi/foundations/kernel';
import { useLive, useWords } from '@noroshi/foundations/web';
import { person, type Person } from '../person.ts';

/** What people are called, by the directory; for a guest, who has none, by the rooms they share. */
export function useNames(): (person: Id) => string {
  const { t } = useWords();
  const names = useLive(async ({ replica }) => new Map([
    ...(await replica.all<Member>(member.noun)).map(({ value }) => [value.person, value.card.name] as const),
    ...(await replica.all<Person>(person.noun)).map(({ value }) => [value.id, value.name] as const),
  ]));
  return (id) => names?.get(id) ?? t('talk.someone');
}
