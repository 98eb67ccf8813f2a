import type { Attachment } from '@noroshi/features/talk';
import { harmlessName } from '@noroshi/foundations/files';
import { loadPrepare, useFiles, type Prepared } from '@noroshi/foundations/files/web';
import { Button, Field, FieldError, Icon, IconButton, Loading, Note, RoomRow, Sheet, ToggleChips } from '@noroshi/foundations/ui';
import { useLowData, useStair, useWords } from '@noroshi/foundations/web';
import type { Refusal } from '@noroshi/foundations/kernel';
import type { StreamKey } from '@noroshi/foundations/sync';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sizeWords } from './attachments.tsx';

/** How many one message carries. */
const most = 10;
type Tell = 'time' | 'place';

interface AttachSheetProps {
  readonly picked: readonly File[];
  readonly stream: StreamKey;
  /** How many the message carries already. */
  readonly already: number;
  readonly onAttach: (attachments: readonly Attachment[]) => void;
  readonly onClose: () => void;
}

interface Item {
  readonly key: number;
  readonly name: string;
  readonly ready?: Prepared | Refusal;
  readonly url?: string;
  readonly caption: string;
  readonly tell: readonly Tell[];
}

/** Three ways to a file: the camera, the photographs, the files. */
export function AttachRows({ onPick }: { onPick: (picked: readonly File[]) => void }) {
  const { t } = useWords();
  const camera = useRef<HTMLInputElement>(null);
  const photos = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const picked = (event: Event & { currentTarget: HTMLInputElement }): void => {
    const chosen = [...(event.currentTarget.files ?? [])];
    if (chosen.length > 0) onPick(chosen);
  };
  return (
    <>
      {matchMedia('(pointer: coarse)').matches && <RoomRow onClick={() => camera.current?.click()} mark={<Icon name="camera" />} name={t('talk.takePhoto')} />}
      <RoomRow onClick={() => photos.current?.click()} mark={<Icon name="image" />} name={t('talk.pickPhoto')} says={t('talk.pickPhotoNote')} />
      <RoomRow onClick={() => files.current?.click()} mark={<Icon name="doc" />} name={t('talk.pickFile')} says={t('talk.pickFileNote')} />
      <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={picked} />
      <input ref={photos} type="file" accept="image/*" multiple hidden onChange={picked} />
      <input ref={files} type="file" multiple hidden onChange={picked} />
    </>
  );
}

const isPrepared = (ready: Item['ready']): ready is Prepared => ready !== undefined && !('ok' in ready);

/** What was picked, before it goes along: its caption, and whether time and place are told. */
export function AttachSheet({ picked, stream, already, onAttach, onClose }: AttachSheetProps) {
  const { t, refusal, moment } = useWords();
  const stair = useStair();
  const low = useLowData();
  const { kept } = useFiles();
  const room = Math.max(0, most - already);
  const [items, setItems] = useState<readonly Item[]>(() => picked.slice(0, room).map((file, key) => ({ key, name: harmlessName(file.name), caption: '', tell: ['time', 'place'] })));
  const [trouble, setTrouble] = useState<string>();
  const [keeping, setKeeping] = useState(false);
  const change = (key: number, more: Partial<Item>): void => setItems((all) => all.map((item) => (item.key === key ? { ...item, ...more } : item)));

  useEffect(() => {
    let current = true;
    const urls: string[] = [];
    void (async () => {
      const prepare = await loadPrepare();
      for (const [key, file] of picked.slice(0, room).entries()) {
        const ready = await prepare(file, { newId: () => stair.newId(), lowData: low || isLowData() }).catch((): Refusal => ({ ok: false, code: 'files.cannotOpen' }));
        if (!current) return;
        const url = isPrepared(ready) && ready.kind === 'photo' ? URL.createObjectURL(ready.thumb ?? ready.blob) : undefined;
        if (url) urls.push(url);
        change(key, { ready, ...(url ? { url } : {}) });
      }
    })();
    return () => {
      current = false;
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [picked]);

  const good = items.filter((item) => isPrepared(item.ready));
  const preparing = items.some((item) => item.ready === undefined);
  const attach = async (): Promise<void> => {
    setKeeping(true);
    try {
      const attachments: Attachment[] = [];
      for (const item of good) {
        const { taken, blob, thumb, asItIs: _asItIs, ...told } = item.ready as Prepared;
        // On this device's disk first: what the message promises must be here, whatever happens.
        await kept.keep({ file: told.file, stream, kind: told.kind, size: told.size, type: told.type, at: stair.now() }, { blob, thumb });
        attachments.push({
          ...told,
          ...(item.tell.includes('time') && taken.at !== undefined ? { takenAt: taken.at } : {}),
          ...(item.tell.includes('place') && taken.lat !== undefined && taken.lon !== undefined ? { lat: taken.lat, lon: taken.lon } : {}),
          ...(item.caption.trim() ? { caption: item.caption.trim() } : {}),
        });
      }
      onAttach(attachments);
    } catch (error) {
      console.warn(error);
      setTrouble('files.noRoomHere');
      setKeeping(false);
    }
  };

  return (
    <Sheet title={t('talk.attachTitle')} closeLabel={t('app.close')} onClose={onClose}
      foot={<Button kind="main" wide disabled={preparing || good.length === 0} busy={keeping ? t('talk.attachKeeping') : undefined} onClick={() => void attach()}>{t('talk.attach', { n: good.length })}</Button>}>
      {picked.length > room && <Note>{t('talk.attachMost', { max: most })}</Note>}
      {items.map((item) => (
        <section class="attach" key={item.key} aria-label={item.name}>
          <div class="top"><b class="grow">{isPrepared(item.ready) ? item.ready.name : item.name}</b>{isPrepared(item.ready) && <span class="sub">{sizeWords(item.ready.size, t)}</span>}
            <IconButton icon="close" label={t('talk.attachmentRemove', { name: item.name })} onClick={() => setItems(items.filter((other) => other !== item))} /></div>
          {item.ready === undefined && <Loading>{t('talk.attachPreparing')}</Loading>}
          {item.ready && !isPrepared(item.ready) && <FieldError>{refusal(item.ready.code, item.ready.params)}</FieldError>}
          {isPrepared(item.ready) && <>
            {item.url && <img src={item.url} alt={t('talk.photo')} />}
            {item.ready.asItIs && <p class="hint">{t('talk.attachAsItIs')}</p>}
            {(item.ready.taken.at !== undefined || item.ready.taken.lat !== undefined) && (
              <ToggleChips<Tell> legend={t('talk.attachTell')} values={item.tell} onChange={(tell) => change(item.key, { tell })} choices={[
                ...(item.ready.taken.at === undefined ? [] : [{ value: 'time' as const, label: t('talk.attachTime'), note: moment(item.ready.taken.at) }]),
                ...(item.ready.taken.lat === undefined ? [] : [{ value: 'place' as const, label: t('talk.attachPlace'), note: `${item.ready.taken.lat.toFixed(4)}, ${item.ready.taken.lon!.toFixed(4)}` }]),
              ]} />
            )}
            <Field label={t('talk.caption')}>{(w) => <input {...w} value={item.caption} maxLength={500} onInput={(e) => change(item.key, { caption: e.currentTarget.value })} />}</Field>
          </>}
        </section>
      ))}
      {trouble && <FieldError>{refusal(trouble)}</FieldError>}
    </Sheet>
  );
}

/** Whether the device asks to spare data, or the line is very slow. Not every browser says. */
function isLowData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } };
  return connection?.saveData === true || (connection?.effectiveType ?? '').endsWith('2g');
}
