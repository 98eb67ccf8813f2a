import { Bar, Note, Page, SectionHead, Ways } from '@noroshi/foundations/ui';
import { useFrame, useLive, useWords, type MoreEntry } from '@noroshi/foundations/web';
import { entries as gathered } from '../more.ts';
import { useMe } from './me-context.ts';

/** By when one looks for something: what cannot wait first. */
const places: readonly MoreEntry['under'][] = ['disaster', 'everyday', 'prepare', 'tending', 'mine'];
const settings: MoreEntry = { label: 'settings.title', icon: 'gear', href: '/settings', under: 'mine' };

/** Everything that is not needed at every moment. */
export function MorePage() {
  const { t, day } = useWords();
  const frame = useFrame();
  const { me } = useMe();
  const entries = useLive(async (stair) => {
    const all = [...gathered, settings];
    const shown = await Promise.all(all.map((entry) => entry.when?.(stair) ?? true));
    return all.filter((_, i) => shown[i]);
  }) ?? [];
  return (
    <Page skipLabel={frame.skipLabel} tabs={frame.tabs} list={frame.rooms} head={<><Bar title={t('nav.more')} subtitle={`${me.orgName} ${me.name}`} />{frame.bands}</>}>
      {me.until !== undefined && <Note>{t('guest.youUntil', { day: day(me.until) })}</Note>}
      {places.map((place) => {
        const ways = entries.filter(({ under }) => under === place).map(({ icon, label, href }) => ({ icon, name: t(label), href }));
        return ways.length > 0 && <section key={place}><SectionHead title={t(`more.${place}`)} /><Ways label={t(`more.${place}`)} ways={ways} /></section>;
      })}
    </Page>
  );
}
