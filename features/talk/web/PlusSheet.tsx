import { roomStream } from '@noroshi/foundations/sync';
import { Button, Field, FieldError, RoomRow, Icon, Sheet, Ways } from '@noroshi/foundations/ui';
import { useLive, useWords } from '@noroshi/foundations/web';
import type { Verdict } from '@noroshi/foundations/kernel';
import { useRef, useState } from 'preact/hooks';
import { AttachRows, AttachSheet } from './AttachSheet.tsx';
import type { Draft } from './draft.ts';
import { useOffers } from './use-offers.ts';
import type { RoomNow } from './use-room.ts';

export interface PlusSheetProps {
  readonly now: RoomNow;
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** Whether they may send as urgent; undefined while it is being looked up. */
  readonly urgent: Verdict | undefined;
  readonly onClose: () => void;
}

/** What else can be put into the talk: how urgent it is, whom it names, a place, and what the other rooms of the house bring. */
export function PlusSheet({ now, draft, change, urgent, onClose }: PlusSheetProps) {
  const { t, refusal } = useWords();
  const offers = useOffers();
  const [placing, setPlacing] = useState(false);
  const [picked, setPicked] = useState<readonly File[]>();
  const entries = useLive(async (stair) => {
    const all = offers?.plus ?? [];
    const offered = await Promise.all(all.map((entry) => entry.when?.(stair, now.room.id) ?? true));
    return all.filter((_, i) => offered[i]);
  }, [now.room.id, offers]);
  // To keep photographs takes a while: what was written meanwhile stands.
  const latest = useRef(draft);
  latest.current = draft;
  const write = (urgency: 'important' | 'urgent'): void => { change({ ...draft, urgency }); onClose(); };
  if (picked) {
    return (
      <AttachSheet picked={picked} stream={roomStream(now.room.id)} already={draft.attachments.length} onClose={onClose}
        onAttach={(attachments) => { change({ ...latest.current, attachments: [...latest.current.attachments, ...attachments] }); onClose(); }} />
    );
  }
  if (placing) return <PlaceSheet onPlace={(place) => { change({ ...draft, place }); onClose(); }} onClose={onClose} />;
  return (
    <Sheet title={t('talk.plus')} closeLabel={t('app.close')} onClose={onClose}>
      {entries && entries.length > 0 && <Ways label={t('talk.plusDeeds')} ways={entries.map(({ label, icon, href }) => ({ icon, name: t(label), href: href(now.room.id) }))} />}
      <AttachRows onPick={setPicked} />
      {urgent?.ok === false
        ? <RoomRow mark={<Icon name="square" />} name={t('talk.urgentBarred')} says={refusal(urgent.code, urgent.params)} />
        : <RoomRow onClick={() => write('urgent')} mark={<Icon name="square" />} name={t('talk.makeUrgent')} says={t('talk.makeUrgentNote')} />}
      <RoomRow onClick={() => write('important')} mark={<Icon name="flag" />} name={t('talk.makeImportant')} says={t('talk.makeImportantNote')} />
      <RoomRow onClick={() => { change({ ...draft, text: `${draft.text}${draft.text && !/\s$/.test(draft.text) ? ' ' : ''}@` }); onClose(); }} mark="@" name={t('talk.name')} says={t('talk.nameNote')} />
      <RoomRow onClick={() => setPlacing(true)} mark={<Icon name="pin" />} name={t('talk.place')} says={t('talk.placeNote')} />
    </Sheet>
  );
}

/** A place: its name is enough. Where this device is, or numbers read from a map, make it exact. */
function PlaceSheet({ onPlace, onClose }: { onPlace: (place: NonNullable<Draft['place']>) => void; onClose: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [lat, setLat] = useState('');
  const [lon, setLon] = useState('');
  const [state, setState] = useState<'asking' | 'refused' | 'wrong' | 'nameless'>();
  const here = (): void => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { setLat(coords.latitude.toFixed(5)); setLon(coords.longitude.toFixed(5)); setState(undefined); },
      () => setState('refused'),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  };
  const put = (): void => {
    const at = lat.trim() || lon.trim() ? { lat: Number(lat), lon: Number(lon) } : undefined;
    const right = !at || (lat.trim() && lon.trim() && Math.abs(at.lat) <= 90 && Math.abs(at.lon) <= 180);
    if (!name.trim()) setState('nameless');
    else if (right) onPlace({ name: name.trim().slice(0, 200), ...at });
    else setState('wrong');
  };
  return (
    <Sheet title={t('talk.place')} closeLabel={t('app.close')} onClose={onClose} foot={<Button kind="main" wide onClick={put}>{t('talk.placeAdd')}</Button>}>
      <div class="form">
        <Field label={t('talk.placeName')} hint={t('talk.placeNameHint')} error={state === 'nameless' ? t('talk.placeNameless') : undefined}>{(w) => <input {...w} value={name} maxLength={200} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
        <Button icon="pin" busy={state === 'asking' ? t('talk.placeAsking') : undefined} onClick={here}>{t('talk.placeHere')}</Button>
        {state === 'refused' && <FieldError>{t('talk.placeRefused')}</FieldError>}
        <details open={lat !== '' || lon !== '' || state === 'wrong'}>
          <summary>{t('talk.placeNumbers')}</summary>
          <div class="halves">
            <Field label={t('talk.lat')}>{(w) => <input {...w} value={lat} inputMode="decimal" onInput={(e) => setLat(e.currentTarget.value)} />}</Field>
            <Field label={t('talk.lon')}>{(w) => <input {...w} value={lon} inputMode="decimal" onInput={(e) => setLon(e.currentTarget.value)} />}</Field>
          </div>
          {state === 'wrong' && <FieldError>{t('talk.placeWrong')}</FieldError>}
        </details>
      </div>
    </Sheet>
  );
}
