import { organization, person, post, type Organization, type Person, type Post } from '@noroshi/features/directory';
import { sorted } from '@noroshi/features/directory/web';
import { EmptyNote, Field, Icon, Mark } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { useState } from 'preact/hooks';

/** Someone of the directory as they are chosen: by name, town and post. */
export interface Someone { readonly id: Id; readonly name: string; readonly kana: string; readonly org: Id; readonly orgName: string; readonly mark: string; readonly post: string; readonly rank: number; readonly guest: boolean }

/** Everyone with an account, by organization and rank. */
export function usePeople(): readonly Someone[] | undefined {
  return useLive(async ({ replica }) => {
    const [people, orgs, posts] = await Promise.all([replica.all<Person>(person.noun), replica.all<Organization>(organization.noun), replica.all<Post>(post.noun)]);
    const byId = new Map(sorted(orgs.map((doc) => doc.value)).map((one, i) => [one.id, { ...one, i }]));
    return people.map((p) => p.value).filter((p) => !p.disabled && byId.has(p.org)).map((p): Someone & { i: number } => {
      const org = byId.get(p.org)!;
      const desk = posts.map((d) => d.value).filter((d) => d.holder === p.id).sort((a, b) => a.rank - b.rank)[0];
      return { id: p.id, name: p.name, kana: p.kana, org: org.id, orgName: org.name, mark: org.short, post: desk?.title ?? '', rank: desk?.rank ?? 99, guest: p.role === 'guest', i: org.i };
    }).sort((a, b) => a.i - b.i || a.rank - b.rank);
  });
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

interface PeoplePickerProps {
  readonly people: readonly Someone[];
  readonly chosen: readonly Id[];
  readonly onChange: (chosen: readonly Id[]) => void;
  /** Only one: a talk of two. */
  readonly single?: boolean;
}

/** Chooses people: by name, reading, town or post. Who has been chosen stays in the list. */
export function PeoplePicker({ people, chosen, onChange, single = false }: PeoplePickerProps) {
  const { t } = useWords();
  const [wanted, setWanted] = useState('');
  const found = people.filter((p) => chosen.includes(p.id) || plain(p.name + p.kana + p.orgName + p.post).includes(plain(wanted)));
  return (
    <>
      <Field label={t('talk.findPerson')} hint={t('talk.findPersonHint')}>{(w) => <input {...w} type="search" value={wanted} onInput={(e) => setWanted(e.currentTarget.value)} />}</Field>
      {found.length === 0 && <EmptyNote>{t('talk.nobodyFound')}</EmptyNote>}
      <fieldset>
        <legend class="sr">{t('talk.who')}</legend>
        <div class="chips people">
          {found.map((p) => {
            const on = chosen.includes(p.id);
            return (
              <label key={p.id} class="chip">
                <input type={single ? 'radio' : 'checkbox'} name="someone" checked={on} onChange={() => onChange(single ? [p.id] : on ? chosen.filter((id) => id !== p.id) : [...chosen, p.id])} />
                {on ? <Icon name="check" /> : <Mark size="small">{p.mark}</Mark>}
                <span>{p.name}{p.guest && `（${t('talk.guest')}）`}<small>{p.orgName} {p.post}</small></span>
              </label>
            );
          })}
        </div>
      </fieldset>
    </>
  );
}
