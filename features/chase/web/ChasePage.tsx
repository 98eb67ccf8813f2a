import type { Asked } from '@noroshi/foundations/asked';
import { Bar, EmptyNote, Loading, OweRow, Owes, Page, SectionHead, State } from '@noroshi/foundations/ui';
import { useFrame, useLive, useNow, useWords, WhenWhole } from '@noroshi/foundations/web';
import { readMissing } from './known.ts';
import { ageOf } from './log.ts';
import { MissingRows } from './MissingRows.tsx';
import { cardsToRing } from './owes.ts';
import './chase.css';

/** 督促: whom I am to ring; and, for who asked and for headquarters, who is not reached. */
export default function ChasePage({ asked }: { readonly asked: readonly Asked[] }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const now = useNow();
  const cards = useLive((stair) => cardsToRing(stair, asked));
  const missing = useLive((stair) => readMissing(stair, asked));
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('chase.title')} back={{ label: t('app.back'), href: '/more' }} />{frame.bands}</>}>
      {(!cards || !missing) && <Loading>{t('app.loading')}</Loading>}
      {cards && cards.length > 0 && (
        <>
          <SectionHead title={t('chase.toRing')} />
          <Owes>{cards.map(({ card, who }) => (
            <OweRow key={card.id} state={<State kind="urgent" icon="phone">{t('chase.phone')}</State>} age={ageOf(now - card.since, words)} title={t('chase.owe', { name: who.card.name })} note={`${who.card.orgName} ${who.card.post}`} href={`/chase/${card.id}`} />
          ))}</Owes>
        </>
      )}
      {missing?.map((one) => <MissingRows key={one.thing} one={one} />)}
      {cards?.length === 0 && missing?.length === 0 && <WhenWhole><EmptyNote>{t('chase.none')}</EmptyNote></WhenWhole>}
    </Page>
  );
}
