import { disablePerson, enablePerson, giveRole, mayRule, mayTend, personRoles, setGuestTime, type Person } from '@noroshi/features/directory';
import { BookPage, nameFor, readBook, UrgentRight, type Book } from '@noroshi/features/directory/web';
import { Button, EmptyNote, Facts, Field, FieldError, Loading, Note, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import type { Answer } from '@noroshi/foundations/sync';
import type { Told } from '@noroshi/foundations/sync/web';
import { useLive, useStair, useWords, type PageProps } from '@noroshi/foundations/web';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { endSessions, standings, type Standing } from '../administration.ts';
import { invite, reissue, withdrawInvitation, type Invitation } from '../invitation.ts';
import { askAtDoor } from './ask-at-door.ts';
import { asDay, endOfDay, usualGuestTime } from './guest-time.ts';
import { InvitationPapers } from './InvitationPapers.tsx';
import './account.css';

/** One person's account: their invitation, their devices, what they may do, and whether the door is open to them. */
export default function PersonAdminPage({ params }: PageProps) {
  const { t } = useWords();
  const { actor } = useStair();
  const book = useLive(readBook);
  const who = book?.personOf(params['person']);
  if (!book) return <BookPage title={t('people.manage')} back="/admin/people"><Loading>{t('app.loading')}</Loading></BookPage>;
  if (!who || !mayTend(actor, who.org).ok) return <BookPage title={t('people.manage')} back="/admin/people"><EmptyNote>{t(who ? 'refusal.directory.notAllowed' : 'refusal.directory.notFound')}</EmptyNote></BookPage>;
  return <Managing key={who.id} who={who} book={book} />;
}

type Asking = 'disable' | 'reissue' | 'end';

function Managing({ who, book }: { who: Person; book: Book }) {
  const { t, refusal, moment, language, beside } = useWords();
  const stair = useStair();
  const org = book.orgOf(who.org)!;
  const [standing, setStanding] = useState<Standing>();
  const [invitation, setInvitation] = useState<Invitation>();
  const [asking, ask] = useState<Asking>();
  const [trouble, setTrouble] = useState<string>();
  const [said, say] = useState<string>();
  const [login, setLogin] = useState('');
  const look = useCallback(async () => {
    const answer = await askAtDoor(standings, {});
    if (answer.ok) setStanding(answer.value.standings.find((one) => one.person === who.id));
    else setTrouble(refusal(answer.code, answer.params));
  }, [who.id]);
  useEffect(() => void look(), [look]);

  const isMe = who.id === stair.actor.person;
  const mayClose = !isMe && (who.role !== 'administrator' || mayRule(stair.actor).ok);
  const roles = who.role === 'guest' ? (['guest'] as const) : personRoles.filter((one) => one !== 'guest' && (one !== 'administrator' || mayRule(stair.actor).ok));
  const done = async (told: Promise<Told>, sentence: string): Promise<void> => {
    ask(undefined);
    setTrouble(undefined);
    const first = await told;
    const answer: Answer = first.ok ? await first.answer : first;
    if (answer.ok) say(sentence);
    else setTrouble(refusal(answer.code, answer.params));
    await look();
  };
  const issue = async (how: 'invite' | 'reissue'): Promise<void> => {
    ask(undefined);
    setTrouble(undefined);
    const named = login.trim() ? { login: login.trim() } : {};
    const answer = how === 'invite' ? await askAtDoor(invite, { person: who.id, ...named }) : await askAtDoor(reissue, { person: who.id, endSessions: true, ...named });
    if (answer.ok) setInvitation(answer.value);
    else setTrouble(refusal(answer.code, answer.params));
    await look();
  };
  const visit = async (door: Promise<{ ok: boolean; code?: string }>, sentence: string): Promise<void> => {
    ask(undefined);
    setTrouble(undefined);
    const answer = await door;
    if (answer.ok) say(sentence);
    else setTrouble(refusal(answer.code ?? ''));
    await look();
  };
  if (invitation) return <InvitationPapers all={[{ invitation, who, org, title: book.postsOf(who.id)[0]?.title }]} book={book} onClose={() => setInvitation(undefined)} />;
  return (
    <BookPage title={who.name} subtitle={`${nameFor(language, org)} ${beside(book.postsOf(who.id).map((p) => p.title))}`} back="/admin/people" content="form">
      {trouble && <FieldError>{trouble}</FieldError>}
      {said && <div role="status"><Note>{said}</Note></div>}
      <section class="form" aria-labelledby="door">
        <SectionHead id="door" title={t('admin.door')} />
        {who.disabled ? <p><State kind="quiet">{t('admin.closed')}</State></p> : standing && (
          <Facts facts={[
            { term: t('admin.devices'), is: standing.devices > 0 ? <State kind="ok">{t('admin.onLine', { n: standing.devices })}</State> : <State kind="plain">{t('admin.notYet')}</State> },
            ...(standing.seen === undefined ? [] : [{ term: t('admin.lastSeen'), is: moment(standing.seen) }]),
            { term: t('door.login'), is: standing.login ?? t('table.nothing') },
            { term: t('door.password'), is: t(standing.hasPassword ? 'admin.hasPassword' : 'admin.noPassword') },
            ...(standing.invitedUntil === undefined ? [] : [{ term: t('admin.invitation'), is: t('admin.invitedUntil', { at: moment(standing.invitedUntil) }) }]),
          ]} />
        )}
        {!who.disabled && (
          <>
            {standing && !standing.login && (
              <Field label={t('admin.login')} hint={t('admin.loginHint')}>{(wiring) => <input {...wiring} value={login} autocapitalize="none" autocomplete="off" spellcheck={false} onInput={(event) => setLogin(event.currentTarget.value)} />}</Field>
            )}
            <p class="sub">{t('admin.inviteSays')}</p>
            <div class="row">
              <Button kind="main" icon="send" onClick={() => void issue('invite')}>{t(standing?.devices ? 'admin.inviteMore' : 'admin.invite')}</Button>
              {standing?.invitedUntil !== undefined && <Button onClick={() => void visit(askAtDoor(withdrawInvitation, { person: who.id }), t('admin.withdrawn'))}>{t('admin.withdraw')}</Button>}
            </div>
            {asking === 'reissue'
              ? <div class="asks"><p>{t('admin.reissueMeans', { name: who.name })}</p><div class="row"><Button kind="danger" onClick={() => void issue('reissue')}>{t('admin.reissueReally')}</Button><Button kind="quiet" onClick={() => ask(undefined)}>{t('admin.no')}</Button></div></div>
              : <Button icon="loop" onClick={() => ask('reissue')}>{t('admin.reissue')}</Button>}
            {(standing?.devices ?? 0) > 0 && (asking === 'end'
              ? <div class="asks"><p>{t('admin.endMeans', { name: who.name })}</p><div class="row"><Button kind="danger" onClick={() => void visit(askAtDoor(endSessions, { person: who.id }), t('admin.ended'))}>{t('admin.endReally')}</Button><Button kind="quiet" onClick={() => ask(undefined)}>{t('admin.no')}</Button></div></div>
              : <Button icon="off" onClick={() => ask('end')}>{t('admin.end')}</Button>)}
          </>
        )}
      </section>
      <section class="form" aria-labelledby="may">
        <SectionHead id="may" title={t('admin.may')} />
        {isMe || who.role === 'guest' || roles.length < 2
          ? <p><Tag>{t(`role.${who.role}`)}</Tag> <span class="sub">{t(`role.${who.role}.means`)}</span></p>
          : (
            <Field label={t('admin.role')} hint={t(`role.${who.role}.means`)}>
              {(wiring) => (
                <select {...wiring} value={who.role} onChange={(event) => void done(stair.send(giveRole, { id: who.id, role: event.currentTarget.value as Person['role'] }), t('admin.roleGiven'))}>
                  {roles.map((one) => <option key={one} value={one}>{t(`role.${one}`)}</option>)}
                </select>
              )}
            </Field>
          )}
        {who.role !== 'guest' && <><h3 class="field-label">{t('people.urgent')}</h3><UrgentRight who={who} book={book} /></>}
      </section>
      {who.role === 'guest' && <GuestTime who={who} onSet={(until) => void done(stair.send(setGuestTime, { id: who.id, until }), t('guest.set'))} />}
      <section class="form" aria-labelledby="other">
        <SectionHead id="other" title={t('admin.other')} />
        <Button icon="edit" href={`/people/${who.id}/edit`}>{t('people.edit')}</Button>
        <Button icon="loop" href={`/admin/posts?org=${who.org}`}>{t('posts.title')}</Button>
        {mayClose && (who.disabled && who.until !== undefined && who.until <= stair.now() ? null : who.disabled
          ? <Button icon="undo" onClick={() => void done(stair.send(enablePerson, { id: who.id }), t('admin.enabled'))}>{t('admin.enable')}</Button>
          : asking === 'disable'
            ? <div class="asks"><p>{t('admin.disableMeans', { name: who.name })}</p><div class="row"><Button kind="danger" onClick={() => void done(stair.send(disablePerson, { id: who.id }), t('admin.disabled'))}>{t('admin.disableReally')}</Button><Button kind="quiet" onClick={() => ask(undefined)}>{t('admin.no')}</Button></div></div>
            : <Button kind="danger" icon="close" onClick={() => ask('disable')}>{t('admin.disable')}</Button>)}
      </section>
    </BookPage>
  );
}

/** Until when someone from outside is let in; whose time is over comes in again by a new one. */
function GuestTime({ who, onSet }: { who: Person; onSet: (until: number) => void }) {
  const { t, day } = useWords();
  const stair = useStair();
  const now = stair.now();
  const over = who.until !== undefined && who.until <= now;
  const [until, setUntil] = useState(asDay(Math.max(who.until ?? 0, now + usualGuestTime)));
  const end = endOfDay(until);
  return (
    <section class="form" aria-labelledby="time">
      <SectionHead id="time" title={t('guest.until')} />
      <p>{who.until === undefined ? t('guest.noEnd') : over ? <State kind="quiet">{t('guest.over', { day: day(who.until) })}</State> : t('guest.untilDay', { day: day(who.until) })}</p>
      <Field label={t('guest.newUntil')} hint={t('guest.untilHint')}>{(wiring) => <input {...wiring} type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />}</Field>
      <Button icon="clock" disabled={end === undefined} onClick={() => end !== undefined && onSet(end)}>{t(who.disabled ? 'guest.openAgain' : 'guest.setIt')}</Button>
    </section>
  );
}
