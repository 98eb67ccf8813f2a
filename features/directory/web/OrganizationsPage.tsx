import { Button, EmptyNote, Loading, RoomRow } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { nameFor, readBook } from './book.ts';
import { BookPage } from './BookPage.tsx';

/** Which organizations there are. */
export default function OrganizationsPage() {
  const { t, language, beside } = useWords();
  const { actor } = useStair();
  const book = useLive(readBook);
  const rules = actor.role === 'administrator';
  return (
    <BookPage title={t('organizations.title')} back="/more" actions={rules && <Button icon="plus" href="/admin/organizations/new">{t('organizations.add')}</Button>}>
      {!book && <Loading>{t('app.loading')}</Loading>}
      {!rules && <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote>}
      {rules && book?.organizations.length === 0 && <EmptyNote>{t('organizations.none')}</EmptyNote>}
      {rules && book?.organizations.map((org) => (
        <RoomRow key={org.id} href={`/admin/organizations/${org.id}`} mark={org.short} name={nameFor(language, org)} says={beside([t(`organizations.kind.${org.kind}`), org.code, language === 'en' ? org.name : org.romaji])} end={t('people.count', { n: book.peopleOf(org.id).length })} />
      ))}
    </BookPage>
  );
}
