import { Icon, SectionHead, State, Tag } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { inOneLine, useWaits } from './waits.ts';
import './weather.css';
import '@noroshi/foundations/ui/rows.css';

/** So many are named on Home; the rest stands on its own page. */
const most = 4;

/** On Home: what waits on this device, in words. */
export function WaitingList() {
  const words = useWords();
  const { t, time } = words;
  const waits = useWaits();
  const items = waits?.items.filter(({ item }) => item.state === 'waiting') ?? [];
  const refused = (waits?.items.length ?? 0) - items.length;
  const files = (waits?.photos ?? 0) + (waits?.files ?? 0);
  if (items.length + refused + files === 0) return null;
  return (
    <section>
      <SectionHead title={t('waits.title')} count={{ of: items.length + refused + files, label: t('nav.count', { n: items.length + refused + files }) }} aside={t('waits.kept')} />
      <div class="outbox">
        {refused > 0 && <a class="item" href="/waiting"><div><State kind="urgent">{t('waits.refused', { n: refused })}</State></div><Icon name="next" /></a>}
        {items.slice(0, most).map((one) => (
          <div class="item" key={one.item.id}>
            <Icon name={one.icon} />
            <div class="one-line">{inOneLine(one, words)}</div>
            {one.item.name !== 'talk.say' && one.item.events.length > 0 && <Tag kind="guess">{t('waits.provisional')}</Tag>}
            <time>{time(one.item.at)}</time>
          </div>
        ))}
        {(waits?.photos ?? 0) > 0 && <div class="item"><Icon name="image" /><div>{t('waits.photos', { n: waits!.photos })}</div></div>}
        {(waits?.files ?? 0) > 0 && <div class="item"><Icon name="doc" /><div>{t('waits.files', { n: waits!.files })}</div></div>}
        <a class="item" href="/waiting"><div>{items.length > most ? t('waits.more', { n: items.length - most }) : t('waits.open')}</div><Icon name="next" /></a>
      </div>
    </section>
  );
}
