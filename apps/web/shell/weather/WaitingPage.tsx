import { Bar, Button, EmptyNote, FieldError, Icon, IconLine, Loading, Page, SectionHead, Tag } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useRooms, useSheet, useStair, useWords } from '@noroshi/foundations/web';
import { inOneLine, kindOf, placeOf, useWaits, type Waits } from './waits.ts';
import './weather.css';
import '@noroshi/foundations/ui/rows.css';

/** What waits on this device and what was refused, in words, and what still works without a line. */
export function WaitingPage() {
  const { t, moment } = useWords();
  const frame = useFrame();
  const line = useLine();
  const stair = useStair();
  const waits = useWaits();
  const heard = useLive(({ replica }) => replica.note<number>('heard'));
  const waiting = waits?.items.filter(({ item }) => item.state === 'waiting') ?? [];
  const refused = waits?.items.filter(({ item }) => item.state === 'refused') ?? [];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} content="form" head={<><Bar title={t('waits.title')} back={{ label: t('app.back'), href: '/' }} />{frame.bands}</>}>
      {!waits && <Loading>{t('app.loading')}</Loading>}
      {refused.length > 0 && <><SectionHead title={t('waits.refusedTitle')} count={{ of: refused.length, label: t('nav.count', { n: refused.length }) }} /><div class="outbox">{refused.map((one) => <One key={one.item.id} one={one} />)}</div></>}
      {waits && (
        <>
          {waiting.length > 0 && <SectionHead title={t('waits.inOrder')} count={{ of: waiting.length, label: t('nav.count', { n: waiting.length }) }} />}
          {waiting.length + refused.length + waits.photos + waits.files === 0 && <EmptyNote>{t('waits.none')}</EmptyNote>}
          {waiting.length > 0 && <div class="outbox">{waiting.map((one) => <One key={one.item.id} one={one} />)}</div>}
          {waits.photos + waits.files > 0 && (
            <div class="outbox">
              {waits.photos > 0 && <div class="item"><Icon name="image" /><div>{t('waits.photos', { n: waits.photos })}</div></div>}
              {waits.files > 0 && <div class="item"><Icon name="doc" /><div>{t('waits.files', { n: waits.files })}</div></div>}
            </div>
          )}
          {line.state !== 'open' && <>
            <SectionHead title={t('waits.stillWorks')} />
            {(['waits.canRead', 'waits.canSearch', 'waits.canWrite', 'waits.canAsk'] as const).map((what) => <IconLine key={what} icon="check">{t(what)}</IconLine>)}
            <IconLine icon="close">{t('waits.cannot')}</IconLine>
          </>}
          {heard !== undefined && line.state !== 'open' && <p class="sub">{t('waits.heard', { time: moment(heard + stair.skew) })}</p>}
        </>
      )}
    </Page>
  );
}

/** One thing that waits, or was refused: then with the reason, and what to do next. */
function One({ one }: { one: Waits }) {
  const words = useWords();
  const { t, moment, refusal } = words;
  const stair = useStair();
  const { item, room } = one;
  const undone = useRooms().map((room) => room.undone?.[item.name]).find((known) => known);
  const Words = useSheet(undone?.words);
  const place = undone?.mend(item) ?? placeOf(one);
  return (
    <div class="item">
      <Icon name={one.icon} />
      <div>
        {one.words !== undefined && item.name !== 'talk.say' && <b>{t(kindOf(one))} </b>}{Words ? <Words item={item} /> : inOneLine(one, words)}
        {item.name !== 'talk.say' && item.state === 'waiting' && item.events.length > 0 && <> <Tag kind="guess">{t('waits.provisional')}</Tag></>}
        <p class="sub">{words.beside([room?.name, moment(item.at)])}</p>
        {item.state === 'refused' && <FieldError>{refusal(item.code ?? '', item.params)}</FieldError>}
        {item.state === 'refused' && <div class="row">{place && <Button kind="strong" href={place}>{t('waits.goMend')}</Button>}<Button onClick={() => void stair.drop(item.id)}>{t('waits.drop')}</Button></div>}
      </div>
    </div>
  );
}
