import { keepNote } from '@noroshi/features/directory/untold';
import { Bar, Button, Chips, EmptyNote, Loading, Page } from '@noroshi/foundations/ui';
import { useFrame, useLine, useLive, useNow, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';
import { dated } from '../says.ts';
import { readKnown, type Known } from './known.ts';
import { wallOf, type WallChoice } from '../wall.ts';

/** 壁に貼る一覧: the address book on A4, in two columns, as of today. It is made here and printed by the browser, also without a line. */
export default function WallPage() {
  const { t } = useWords();
  const frame = useFrame();
  const { actor } = useStair();
  const known = useLive(readKnown);
  const back = { label: t('app.back'), href: '/people' };
  if (known && actor.role !== 'guest') return <Wall known={known} />;
  return <Page skipLabel={frame.skipLabel} tabs={frame.tabs} head={<><Bar title={t('contacts.wall')} back={back} />{frame.bands}</>}>{known ? <EmptyNote>{t('people.notForGuests')}</EmptyNote> : <Loading>{t('app.loading')}</Loading>}</Page>;
}

function Wall({ known }: { known: Known }) {
  const words = useWords();
  const { t } = words;
  const frame = useFrame();
  const stair = useStair();
  const line = useLine();
  const now = useNow(60_000);
  const [choice, choose] = useState<WallChoice>({ people: 'own', outside: true, privately: false });
  const groups = wallOf(known.book, known.contacts, choice, stair.actor.org, words);
  const asOf = t('contacts.wallAsOf', { date: dated(now, words) });
  // Each sheet bears the day in its margin: what a margin says is asked of the page and not of what stands on it.
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--wall-as-of', JSON.stringify(asOf));
    return () => { style.removeProperty('--wall-as-of'); };
  }, [asOf]);
  const onPaper = async (): Promise<void> => {
    // Whose numbers go out of the house on paper is noted first.
    await keepNote(stair, 'tableMade', { note: t('contacts.wallNote', { n: groups.reduce((sum, { rows }) => sum + rows.length, 0) }) }, line.state !== 'open');
    print();
  };
  return (
    <Page skipLabel={frame.skipLabel} head={<Bar title={t('contacts.wall')} back={{ label: t('app.back'), href: '/people' }} />}
      foot={<Button kind="main" wide icon="print" onClick={() => void onPaper()}>{t('contacts.wallPrint')}</Button>}>
      <div class="form wall-asks">
        <p>{t('contacts.wallSays')}</p>
        <Chips legend={t('contacts.wallPeople')} value={choice.people} onChange={(people) => choose({ ...choice, people })} choices={(['own', 'all', 'none'] as const).map((value) => ({ value, label: t(`contacts.wallPeople.${value}`) }))} />
        <label class="dry-tick"><input type="checkbox" checked={choice.outside} onChange={(event) => choose({ ...choice, outside: event.currentTarget.checked })} />{t('contacts.wallOutside')}</label>
        <label class="dry-tick"><input type="checkbox" checked={choice.privately} onChange={(event) => choose({ ...choice, privately: event.currentTarget.checked })} /><span>{t('contacts.wallPrivately')}</span></label>
      </div>
      <article class="wall-paper" aria-label={t('contacts.wallTitle')}>
        <header><h2>{t('contacts.wallTitle')}</h2><p>{asOf}</p></header>
        {groups.length === 0 && <EmptyNote>{t('contacts.wallNothing')}</EmptyNote>}
        <div class="wall-columns">
          {groups.map(({ key, title, rows }) => (
            <section key={key}>
              <h3>{title}</h3>
              <ul>{rows.map((row) => (
                <li key={row.key}>
                  <p><b>{row.name}</b> <span>{row.below}</span></p>
                  <dl>{row.numbers.map(({ kind, number }) => <div key={number}><dt>{kind}</dt><dd>{number}</dd></div>)}</dl>
                </li>
              ))}</ul>
            </section>
          ))}
        </div>
      </article>
    </Page>
  );
}
