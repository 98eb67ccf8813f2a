import { Button, EmptyNote, Field, GroupHead, Loading, Tag } from '@noroshi/foundations/ui';
import { useLive, useRoute, useStair, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { mayTend } from '../may-administer.ts';
import type { Post } from '../post.ts';
import { DeskSheet } from './DeskSheet.tsx';
import { HandOverSheet } from './HandOverSheet.tsx';
import { nameFor, readBook } from './book.ts';
import { BookPage } from './BookPage.tsx';

/** Who sits where, and the change of hands on 1 April. */
export default function PostsPage() {
  const { t, language } = useWords();
  const { actor } = useStair();
  const route = useRoute();
  const book = useLive(readBook);
  const [open, setOpen] = useState<{ desk: Post; as: 'handOver' | 'amend' } | { org: string; as: 'add' }>();
  const tended = book?.organizations.filter((org) => org.kind !== 'outside' && mayTend(actor, org.id).ok) ?? [];
  const chosen = tended.find((org) => org.id === route.search.get('org')) ?? tended.find((org) => org.id === actor.org) ?? tended[0];
  const desks = book?.posts.filter((desk) => desk.org === chosen?.id).toSorted((a, b) => a.rank - b.rank || a.title.localeCompare(b.title, 'ja')) ?? [];
  return (
    <BookPage title={t('posts.title')} back="/more" actions={chosen && <Button icon="plus" onClick={() => setOpen({ org: chosen.id, as: 'add' })}>{t('posts.add')}</Button>}>
      {!book && <Loading>{t('app.loading')}</Loading>}
      {book && tended.length === 0 && <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote>}
      {book && chosen && (
        <>
          <div class="seek">
            <p class="sub">{t('posts.says')}</p>
            {tended.length > 1 && (
              <Field label={t('posts.organization')}>
                {(wiring) => (
                  <select {...wiring} value={chosen.id} onChange={(event) => route.go(`/admin/posts?org=${event.currentTarget.value}`, { replace: true })}>
                    {tended.map((org) => <option key={org.id} value={org.id}>{nameFor(language, org)}</option>)}
                  </select>
                )}
              </Field>
            )}
          </div>
          <GroupHead level={2}>{nameFor(language, chosen)}</GroupHead>
          {desks.length === 0 && <EmptyNote>{t('posts.none')}</EmptyNote>}
          {desks.map((desk) => {
            const holder = book.personOf(desk.holder);
            const deputy = book.posts.find((one) => one.id === desk.deputy);
            return (
              <section key={desk.id} class="desk" aria-label={desk.title}>
                <h3>{desk.title} <Tag>{t(`duty.kind.${desk.duty}`)}</Tag></h3>
                <p>{holder ? <a class="link" href={`/people/${holder.id}`}>{holder.name}</a> : <Tag kind="guess">{t('posts.empty')}</Tag>}{deputy && <span class="sub">　{t('people.deputyIs', { title: deputy.title })}</span>}</p>
                <div class="row">
                  <Button icon="loop" onClick={() => setOpen({ desk, as: 'handOver' })}>{t(holder ? 'posts.handOver' : 'posts.fill')}</Button>
                  <Button icon="edit" kind="quiet" onClick={() => setOpen({ desk, as: 'amend' })}>{t('posts.amend')}</Button>
                </div>
              </section>
            );
          })}
          {open?.as === 'handOver' && <HandOverSheet desk={open.desk} book={book} onClose={() => setOpen(undefined)} />}
          {open?.as === 'amend' && <DeskSheet org={open.desk.org} desk={open.desk} book={book} onClose={() => setOpen(undefined)} />}
          {open?.as === 'add' && <DeskSheet org={open.org} desk={undefined} book={book} onClose={() => setOpen(undefined)} />}
        </>
      )}
    </BookPage>
  );
}
