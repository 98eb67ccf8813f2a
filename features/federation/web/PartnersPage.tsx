import { readBook } from '@noroshi/features/directory/web';
import { room as roomNoun, type Room } from '@noroshi/features/talk';
import { Bar, EmptyNote, Loading, Page, SectionHead } from '@noroshi/foundations/ui';
import { useAsked, useFrame, useLive, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { partners } from '../questions.ts';
import { OurCard, TheirCard } from './Cards.tsx';
import { PartnerItem } from './PartnerItem.tsx';
import { AskItem, OfferForm, ShareItem } from './Shares.tsx';
import './federation.css';

/** What is asked for and what arrives is told by others: it is looked for this often while the page is open (milliseconds). */
const lookEvery = 5_000;

/** 他県の狼煙: cards and the telephone, what is asked, and what is shared. */
export default function PartnersPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('federation.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {actor.role === 'administrator' ? <Partners /> : <EmptyNote>{t('refusal.federation.notAllowed')}</EmptyNote>}
    </Page>
  );
}

function Partners() {
  const { t, refusal } = useWords();
  const [minute, tick] = useState(0);
  const { told, again } = useAsked(partners, {});
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), lookEvery);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => { if (minute > 0) again(); }, [minute]);
  const here = useLive(async (stair) => ({ book: await readBook(stair), rooms: (await stair.replica.all<Room>(roomNoun.noun)).map(({ value }) => value).filter(({ kind, closedAt, drill }) => kind === 'purpose' && closedAt === undefined && !drill) }));
  if (told && !told.ok) return <EmptyNote>{told.code === 'line.away' ? t('federation.needsLine') : refusal(told.code, told.params)}</EmptyNote>;
  if (!told || !here) return <Loading>{t('app.loading')}</Loading>;
  const { value } = told;
  const nameOf = (id: string): string => here.book.personOf(id)?.name ?? t('talk.someone');
  const partnerOf = (id: string): string => value.partners.find((one) => one.id === id)?.name ?? '';
  const shared = value.shares.filter(({ state }) => state !== 'ended').map(({ room }) => room);
  const free = here.rooms.filter(({ id }) => !shared.includes(id));
  const open = value.partners.filter(({ confirmed, revoked, held }) => confirmed && !revoked && !held);
  return (
    <>
      <p>{t('federation.about')}</p>
      {value.asks.length > 0 && <section><SectionHead title={t('federation.asks')} />{value.asks.map((one) => <AskItem key={one.share} one={one} name={partnerOf(one.partner)} rooms={free} again={again} />)}</section>}
      <section>
        <SectionHead title={t('federation.partners')} />
        {value.partners.length === 0 && <EmptyNote>{t('federation.none')}</EmptyNote>}
        {value.partners.map((one) => <PartnerItem key={one.id} one={one} nameOf={nameOf} again={again} />)}
      </section>
      {open.length > 0 && (
        <section>
          <SectionHead title={t('federation.shares')} />
          {value.shares.length === 0 && <EmptyNote>{t('federation.noShares')}</EmptyNote>}
          {value.shares.map((one) => <ShareItem key={one.share} one={one} name={partnerOf(one.partner)} room={here.rooms.find(({ id }) => id === one.room)} again={again} />)}
        </section>
      )}
      {open.length > 0 && <OfferForm partners={open} rooms={free} again={again} />}
      <OurCard card={value.card} numbers={value.numbers ?? []} />
      <TheirCard again={again} />
    </>
  );
}
