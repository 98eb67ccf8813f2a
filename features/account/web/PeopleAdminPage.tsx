import { mayRule, mayTend, type Organization, type Person } from '@noroshi/features/directory';
import { BookPage, nameFor, readBook } from '@noroshi/features/directory/web';
import { Button, Chips, EmptyNote, Field, GroupHead, Loading, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { useLive, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { standings, type Standing } from '../administration.ts';
import { askAtDoor } from './ask-at-door.ts';
import { InvitationPapers } from './InvitationPapers.tsx';
import { InviteAll, useInviting } from './InviteAll.tsx';
import './account.css';

type Shown = 'all' | 'away' | 'closed';

/** Whoever has a password and is signed out comes in by it: they were invited before. */
const isUninvited = (standing: Standing | undefined): boolean => !standing || (standing.devices === 0 && !standing.hasPassword && standing.invitedUntil === undefined);

/** Everyone whose account one looks after: who is on the line, who was invited, who is neither. */
export default function PeopleAdminPage() {
  const { t, moment, refusal, language, beside } = useWords();
  const { actor } = useStair();
  const book = useLive(readBook);
  const [told, setTold] = useState<{ standings: ReadonlyMap<string, Standing> } | { refusal: string }>();
  const [typed, type] = useState('');
  const [shown, show] = useState<Shown>('all');
  const inviting = useInviting();
  const { papers } = inviting;
  const may = actor.role === 'administrator' || actor.role === 'manager';
  // Anew when the papers are put away: those on them are invited now.
  useEffect(() => void (may && !papers && !inviting.at && askAtDoor(standings, {}).then((answer) => setTold(answer.ok ? { standings: new Map(answer.value.standings.map((one) => [one.person, one])) } : { refusal: refusal(answer.code, answer.params) }))), [papers === undefined, inviting.at === undefined]);
  const words = typed.normalize('NFKC').trim();
  const standingOf = (person: string): Standing | undefined => (told && 'standings' in told ? told.standings.get(person) : undefined);
  const state = (person: string, disabled: boolean | undefined) => {
    const standing = standingOf(person);
    if (disabled) return <State kind="quiet">{t('admin.closed')}</State>;
    if (!standing) return undefined;
    if (standing.devices > 0) return <State kind="ok">{t('admin.onLine', { n: standing.devices })}</State>;
    return standing.invitedUntil !== undefined ? <State kind="doing">{t('admin.invited')}</State> : <State kind="plain">{t('admin.notYet')}</State>;
  };
  const orgs = book?.organizations.filter((org) => mayTend(actor, org.id).ok) ?? [];
  const says = (who: Person, org: Organization): string => `${who.name} ${who.kana} ${org.name} ${book!.postsOf(who.id).map((p) => p.title).join(' ')}`;
  // Before it is known who was invited, nobody is taken for one who was not.
  const uninvited = told && 'standings' in told ? orgs.flatMap((org) => book!.peopleOf(org.id)
    .filter((who) => who.role !== 'guest' && (who.role !== 'administrator' || mayRule(actor).ok) && says(who, org).includes(words) && isUninvited(standingOf(who.id)))
    .map((who) => ({ who, org }))) : [];
  if (papers && book) return <InvitationPapers all={papers} book={book} making={inviting.at} trouble={inviting.trouble} onClose={inviting.close} />;
  return (
    <BookPage title={t('admin.people')} back="/more" actions={may && <Button icon="plus" href="/admin/people/new">{t('admin.add')}</Button>}>
      {!book && <Loading>{t('app.loading')}</Loading>}
      {!may && <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote>}
      {book && may && (
        <>
          <div class="form">
            <Field label={t('people.search')}>{(wiring) => <input {...wiring} type="search" value={typed} onInput={(event) => type(event.currentTarget.value)} />}</Field>
            <Chips<Shown> legend={t('admin.show')} value={shown} onChange={show} choices={[{ value: 'all', label: t('admin.showAll') }, { value: 'away', label: t('admin.showAway') }, { value: 'closed', label: t('admin.showClosed') }]} />
            {shown === 'away' && <InviteAll people={uninvited} book={book} inviting={inviting} />}
            {told && 'refusal' in told && <EmptyNote>{told.refusal}</EmptyNote>}
          </div>
          {orgs.map((org) => {
            const closed = book.people.filter((who) => who.org === org.id && who.disabled);
            const people = (shown === 'closed' ? closed : shown === 'away' ? book.peopleOf(org.id).filter((who) => !standingOf(who.id)?.devices) : [...book.peopleOf(org.id), ...closed])
              .filter((who) => says(who, org).includes(words));
            if (people.length === 0) return null;
            return (
              <section key={org.id}>
                <GroupHead level={2} aside={t('people.count', { n: people.length })}>{nameFor(language, org)}</GroupHead>
                {people.map((who) => {
                  const standing = standingOf(who.id);
                  return (
                    <RoomRow
                      key={who.id}
                      href={`/admin/people/${who.id}`}
                      mark={org.short}
                      name={who.name}
                      tags={<>{who.role !== 'member' && <Tag>{t(`role.${who.role}`)}</Tag>}{who.noUrgent && <Tag>{t('people.urgentTag')}</Tag>}</>}
                      says={beside([book.postsOf(who.id)[0]?.title, standing?.seen !== undefined && t('admin.seen', { at: moment(standing.seen) })])}
                      end={state(who.id, who.disabled)}
                    />
                  );
                })}
              </section>
            );
          })}
        </>
      )}
    </BookPage>
  );
}
