import { standings, type Standing } from '@noroshi/features/account';
import { nameFor, readBook, BookPage } from '@noroshi/features/directory/web';
import { Chips, EmptyNote, Loading, RoomRow, State, Tag } from '@noroshi/foundations/ui';
import { ask, useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { wakeStandings, type WakeStanding } from '../reach.ts';
import './wake.css';

/** Whoever has not opened the application for so long has perhaps lost it (milliseconds). */
const aMonth = 30 * 24 * 60 * 60_000;

type Order = 'cannot' | 'seen' | 'org';
interface Row { readonly id: string; readonly name: string; readonly org: string; readonly short: string; readonly place: number; readonly wake: WakeStanding; readonly account: Standing | undefined }

/** Whether each person can be woken now, why not, and when they last opened the application. */
export default function WakingAdminPage() {
  const { t, moment, refusal, language, beside } = useWords();
  const { actor } = useStair();
  const now = useNow();
  const book = useLive(readBook);
  const [told, setTold] = useState<{ wake: readonly WakeStanding[]; accounts: ReadonlyMap<string, Standing> } | { refusal: string }>();
  const [order, setOrder] = useState<Order>('cannot');
  const may = actor.role === 'administrator' || actor.role === 'manager';
  useEffect(() => {
    if (may) void Promise.all([ask(wakeStandings, {}), ask(standings, {})]).then(([wake, accounts]) => {
      if (!wake.ok) setTold({ refusal: refusal(wake.code, wake.params) });
      else if (!accounts.ok) setTold({ refusal: refusal(accounts.code, accounts.params) });
      else setTold({ wake: wake.value.standings, accounts: new Map(accounts.value.standings.map((one) => [one.person, one])) });
    });
  }, []);
  const isLong = ({ account }: Row): boolean => account?.seen === undefined || now - account.seen > aMonth;
  const rows = !book || !told || 'refusal' in told ? undefined : told.wake.flatMap((wake): Row[] => {
    const who = book.people.find(({ id }) => id === wake.person);
    const place = book.organizations.findIndex(({ id }) => id === who?.org);
    return who && place >= 0 ? [{ id: who.id, name: who.name, org: nameFor(language, book.organizations[place]!), short: book.organizations[place]!.short, place, wake, account: told.accounts.get(who.id) }] : [];
  }).toSorted((a, b) => {
    const byOrg = a.place - b.place || (a.name < b.name ? -1 : 1);
    if (order === 'cannot') return Number(a.wake.devices > 0) - Number(b.wake.devices > 0) || Number(isLong(b)) - Number(isLong(a)) || byOrg;
    return order === 'seen' ? (a.account?.seen ?? 0) - (b.account?.seen ?? 0) || byOrg : byOrg;
  });
  const cannot = rows?.filter(({ wake }) => wake.devices === 0).length ?? 0;
  const long = rows?.filter(isLong).length ?? 0;
  return (
    <BookPage title={t('wake.admin')} back="/more">
      {!may && <EmptyNote>{t('refusal.directory.notAllowed')}</EmptyNote>}
      {may && !rows && !(told && 'refusal' in told) && <Loading>{t('app.loading')}</Loading>}
      {told && 'refusal' in told && <EmptyNote>{told.refusal}</EmptyNote>}
      {rows && (
        <>
          <div class="form waking">
            <p>{cannot > 0 ? <State kind="short">{t('wake.cannot', { n: cannot, of: rows.length })}</State> : <State kind="ok">{t('wake.allCan', { n: rows.length })}</State>}</p>
            <p>{long > 0 ? <State kind="doing">{t('wake.longAway', { n: long })}</State> : <State kind="ok">{t('wake.allHere')}</State>}</p>
            <Chips<Order> legend={t('wake.order')} value={order} onChange={setOrder} choices={[{ value: 'cannot', label: t('wake.orderCannot') }, { value: 'seen', label: t('wake.orderSeen') }, { value: 'org', label: t('wake.orderOrg') }]} />
          </div>
          {rows.map((row) => (
            <RoomRow
              key={row.id}
              href={`/admin/people/${row.id}`}
              mark={row.short}
              name={row.name}
              tags={<> {row.wake.devices > 0 ? <State kind="ok">{t('wake.devices', { n: row.wake.devices })}</State> : <State kind="short">{t(row.wake.state && row.wake.state !== 'on' ? `wake.short.${row.wake.state}` : 'wake.short.none')}</State>} {isLong(row) && <Tag>{t('wake.long')}</Tag>}</>}
              says={beside([
                row.org, row.account?.seen === undefined ? t('wake.never') : t('wake.openedAt', { at: moment(row.account.seen) }), row.wake.worked !== undefined && t('wake.lastWorked', { at: moment(row.wake.worked) }),
                row.wake.mail && t('wake.mail'), row.wake.sms && t('wake.sms'),
              ])}
            />
          ))}
        </>
      )}
    </BookPage>
  );
}
