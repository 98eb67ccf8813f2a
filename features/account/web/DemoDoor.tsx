import type { Id } from '@noroshi/foundations/kernel';
import type { Door } from '@noroshi/foundations/sync';
import { EmptyNote, Field, FieldError, Icon, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { demoSignIn, type demoPeople } from '../demo.ts';
import { askAtDoor } from './ask-at-door.ts';

type People = typeof demoPeople extends Door<any, infer O> ? O : never;
type Who = People['cast'][number] | People['organizations'][number]['people'][number];

/** The order in which the story is told: who is hit, who helps first, who helps next, who watches, who is outside. */
const story = ['taro', 'aoi', 'ken', 'hanako', 'mika'] as const;

/** In the demo, and only there, one chooses at the door who to be. */
export function DemoDoor({ people, onEntered }: { people: People; onEntered: () => void }) {
  const { t, refusal } = useWords();
  const [sought, seek] = useState('');
  const [entering, enter] = useState<Id>();
  const [trouble, setTrouble] = useState<string>();

  const be = async (person: Id): Promise<void> => {
    if (entering) return;
    enter(person);
    setTrouble(undefined);
    const answer = await askAtDoor(demoSignIn, { person });
    if (answer.ok) return onEntered();
    enter(undefined);
    setTrouble(refusal(answer.code, answer.params));
  };
  const row = (who: Who, sees?: string, first = false) => (
    <li key={who.person}>
      <button type="button" class="be" onClick={() => void be(who.person)} aria-busy={entering === who.person || undefined}>
        <span class="grow">
          <b>{who.name}</b> <span class="post">{sees ? `${who.orgName} ${who.post}` : who.post}</span>{first && <> <Tag kind="hit">{t('door.demo.start')}</Tag></>}
          {sees && <span class="sees">{sees}</span>}
        </span>
        <Icon name="next" />
      </button>
    </li>
  );
  const cast = story.flatMap((part) => people.cast.filter((who) => who.part === part));
  const words = sought.normalize('NFKC').trim();
  const found = people.organizations
    .map((org) => ({ ...org, people: org.people.filter((who) => `${org.name} ${who.name} ${who.post}`.includes(words)) }))
    .filter((org) => org.people.length > 0);
  return (
    <>
      <div>
        <h2>{t('door.demo.who')}</h2>
        <p class="sub">{t('door.demo.invented')}</p>
        {cast[1] && <p>{t('door.demo.first', { name: cast[0]!.name, other: cast[1].name })}</p>}
      </div>
      {trouble && <FieldError>{trouble}</FieldError>}
      <ul class="cast">{cast.map((who, i) => row(who, t(`demo.cast.${who.part}`), i === 0))}</ul>
      <h2>{t('door.demo.everyone')}</h2>
      <Field label={t('door.demo.filter')}>
        {(wiring) => <input {...wiring} type="search" value={sought} onInput={(event) => seek(event.currentTarget.value)} />}
      </Field>
      {found.length === 0 && <EmptyNote>{t('door.demo.nobody')}</EmptyNote>}
      <div>{found.map((org) => (
        <details key={org.org} class="town" open={words !== '' || undefined}>
          <summary><b>{org.name}</b> <span class="sub">{t('people.count', { n: org.people.length })}</span></summary>
          <ul class="cast">{org.people.map((who) => row(who))}</ul>
        </details>
      ))}</div>
    </>
  );
}
