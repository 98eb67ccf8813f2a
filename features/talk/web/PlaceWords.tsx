import type { Message } from '@noroshi/features/talk';
import { useWords } from '@noroshi/foundations/web';

/** A place opens in the phone's own map, by its numbers or else by its name. */
export function PlaceWords({ place: { lat, lon, name } }: { place: NonNullable<Message['place']> }) {
  const { t } = useWords();
  const at = lat !== undefined && lon !== undefined ? { lat: lat.toFixed(5), lon: lon.toFixed(5) } : undefined;
  const said = encodeURIComponent(name);
  return (
    <>
      <br />
      {at && <><span class="n">{t('talk.placeAt', at)}</span><br /></>}
      <a class="link" href={at ? `geo:${at.lat},${at.lon}?q=${at.lat},${at.lon}(${said})` : `geo:0,0?q=${said}`}>{t('talk.openMap')}</a>
    </>
  );
}
