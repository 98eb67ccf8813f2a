import type { Attachment, Message } from '@noroshi/features/talk';
import { harmlessName, storedFile, type StoredFile } from '@noroshi/foundations/files';
import { previewUrl, useFiles, type KeptFile } from '@noroshi/foundations/files/web';
import { Icon, IconLine, Photo, Sheet, State } from '@noroshi/foundations/ui';
import { useLine, useLive, useLowData, useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import type { Words } from '@noroshi/foundations/i18n';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useInTurn } from './in-turn.ts';
import './attachments.css';

interface AttachmentViewProps {
  readonly attachment: Attachment;
  /** The message it came with; left out while it is being written. */
  readonly message?: Message;
  readonly mine?: boolean;
}

/** A photograph or file in the talk: what is known at once, then what has come, then the whole on a press. */
export function AttachmentView(props: AttachmentViewProps) {
  return props.attachment.kind === 'photo' ? <PhotoView {...props} /> : <FileView {...props} />;
}

interface Now { readonly told: StoredFile | undefined; readonly kept: KeptFile | undefined }

/** What the stair says of a file, and what this device keeps of it. */
function useFileNow(id: Id): Now {
  const files = useFiles();
  const told = useLive((stair) => stair.replica.get<StoredFile>(storedFile.noun, id), [id]);
  const kept = useLive(() => files.kept.file.get(id), [id, files]);
  return { told, kept };
}

/** The bytes that this device keeps, as an address for a picture. */
function useKeptUrl(id: Id, which: 'thumb' | 'blob', wanted: boolean): string | undefined {
  const files = useFiles();
  const [url, set] = useState<string>();
  useEffect(() => {
    if (!wanted) return;
    let made: string | undefined;
    let current = true;
    void files.kept.bytesOf(id).then((bytes) => {
      const blob = bytes?.[which] ?? bytes?.blob;
      if (!blob || !current) return;
      made = URL.createObjectURL(blob);
      set(made);
      // The screen may be closing: then nobody waits for a picture.
    }).catch((error: unknown) => current && console.warn(error));
    return () => {
      current = false;
      set(undefined);
      if (made) URL.revokeObjectURL(made);
    };
  }, [id, which, wanted, files]);
  return url;
}

function PhotoView({ attachment, message }: AttachmentViewProps) {
  const words = useWords();
  const { t } = words;
  const { told, kept } = useFileNow(attachment.file);
  const [open, setOpen] = useState(false);
  const line = useLine();
  const [failed, setFailed] = useState(false);
  // A picture that did not come is asked for again when the line is back.
  useEffect(() => { if (line.state === 'open') setFailed(false); }, [line.state, told?.state]);
  const own = useKeptUrl(attachment.file, 'thumb', kept !== undefined);
  const [blurred, setBlurred] = useState<string>();
  useEffect(() => {
    if (attachment.preview) void previewUrl(attachment.preview).then(setBlurred);
  }, [attachment.preview]);
  const arrived = told?.state === 'arrived';
  const there = told?.thumb && (arrived || told.state === 'awaited') ? `/files/${attachment.file}/thumb` : arrived ? `/files/${attachment.file}` : undefined;
  // On a bad line a picture comes when someone wants it; the blurred one came with the words.
  const [wanted, want] = useState(false);
  const held = useLowData() && !wanted && !own && there !== undefined;
  const turn = useInTurn(own || failed || held ? undefined : there);
  const src = own ?? turn.src;
  const name = harmlessName(attachment.name);
  return (
    <>
      <Photo
        src={src ?? blurred}
        alt={src ? (attachment.caption ? t('talk.photoOf', { what: attachment.caption }) : t('talk.photo')) : t('talk.photoComing')}
        place={turn.place}
        onLoad={() => src && turn.settled()}
        onError={() => setFailed(true)}
        {...(held ? { onOpen: () => want(true), openLabel: t('talk.photoTap', { size: sizeWords(attachment.size, t) }) } : arrived || own ? { onOpen: () => setOpen(true), openLabel: t('talk.photoOpen', { name: attachment.caption ?? name }) } : {})}
      >
        {held && <IconLine icon="save">{t('talk.photoTap', { size: sizeWords(attachment.size, t) })}</IconLine>}
        <About attachment={attachment} at={message?.at} />
        <StateLine attachment={attachment} told={told} kept={kept} sent={message !== undefined} failed={failed && !own} />
      </Photo>
      {open && <WholePhoto attachment={attachment} at={message?.at} isKept={kept !== undefined} arrived={arrived} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The caption, and what the sender chose to tell of when and where it was taken. */
function About({ attachment, at, whole }: { attachment: Attachment; at: number | undefined; whole?: boolean }) {
  const words = useWords();
  const { t } = words;
  const { caption, takenAt, lat, lon } = attachment;
  const placed = lat !== undefined && lon !== undefined;
  const place = placed ? { lat: lat.toFixed(5), lon: lon.toFixed(5) } : undefined;
  const geo = place && `geo:${place.lat},${place.lon}?q=${place.lat},${place.lon}`;
  return (
    <>
      {caption && <p>{caption}</p>}
      {takenAt !== undefined && <IconLine icon="clock">{t('talk.takenAt', { time: when(takenAt, at, words) })}</IconLine>}
      {place && (whole
        ? <IconLine icon="pin"><span class="n">{t('talk.placeAt', place)}</span><br /><a class="link" href={geo}>{t('talk.openMap')}</a></IconLine>
        : <IconLine icon="pin">{at === undefined ? t('talk.withPlace') : <a class="link" href={geo}>{t('talk.hasPlace')}</a>}</IconLine>)}
    </>
  );
}

/** On the day it was sent the hour is enough. */
const when = (takenAt: number, at: number | undefined, { time, moment, dayNumber }: Words): string =>
  at !== undefined && dayNumber(takenAt) === dayNumber(at) ? time(takenAt) : moment(takenAt);

/** How far it is, in words; nothing where there is nothing to say. */
function StateLine({ attachment, told, kept, sent, failed }: Now & { attachment: Attachment; sent: boolean; failed: boolean }): ComponentChildren {
  const { t, refusal } = useWords();
  const line = useLine();
  const reason = kept?.code ?? told?.reason;
  if ((kept?.state === 'refused' || told?.state === 'refused') && reason) return <p><State kind="urgent">{refusal(reason)}</State></p>;
  if (!sent || told?.state === 'arrived') return failed ? <p><State kind="quiet">{t('talk.fileNotNow')}</State></p> : null;
  if (kept) {
    if (!told || line.state !== 'open') return <p><State kind="quiet">{t('talk.fileWaits')}</State></p>;
    return <p><State kind="doing">{t('talk.fileSending', { n: Math.floor((kept.sent / attachment.size) * 100) })}</State></p>;
  }
  return <p><State kind="quiet">{t('talk.fileComing')}</State></p>;
}

function WholePhoto({ attachment, at, isKept, arrived, onClose }: { attachment: Attachment; at: number | undefined; isKept: boolean; arrived: boolean; onClose: () => void }) {
  const { t } = useWords();
  const own = useKeptUrl(attachment.file, 'blob', isKept);
  const [failed, setFailed] = useState(false);
  const src = own ?? (isKept && !arrived ? undefined : `/files/${attachment.file}`);
  const name = harmlessName(attachment.name);
  return (
    <Sheet title={t('talk.photo')} closeLabel={t('app.close')} onClose={onClose} place="whole"
      foot={arrived ? <a class="btn wide" href={`/files/${attachment.file}`} download={name}><Icon name="save" />{t('talk.fileSave')}</a> : undefined}>
      {failed ? <p class="sheet-pad"><State kind="quiet">{t('talk.fileNotNow')}</State></p>
        : <img class="whole-photo" src={src} alt={attachment.caption ? t('talk.photoOf', { what: attachment.caption }) : t('talk.photo')} width={attachment.width} height={attachment.height} onError={() => setFailed(true)} />}
      <div class="sheet-pad"><About attachment={attachment} at={at} whole /></div>
    </Sheet>
  );
}

function FileView({ attachment, message }: AttachmentViewProps) {
  const { t } = useWords();
  const { told, kept } = useFileNow(attachment.file);
  const own = useKeptUrl(attachment.file, 'blob', kept !== undefined);
  const name = harmlessName(attachment.name);
  // What the server has found to be a video, or what was made on this device.
  const isVideo = (told?.state === 'arrived' ? told.type : attachment.type).startsWith('video/');
  const src = own ?? (told?.state === 'arrived' ? `/files/${attachment.file}` : undefined);
  return (
    <div class="file-row">
      {/* Nothing of it is fetched before somebody plays it. What was filmed in haste has no captions: its words stand beside it. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      {isVideo && src && <video class="file-video" src={src} controls playsInline preload="none" aria-label={attachment.caption ?? name} />}
      <Icon name={isVideo ? 'video' : 'doc'} />
      <div class="grow">
        <b title={name}>{shortName(name)}</b> <span class="sub">{sizeWords(attachment.size, t)}</span>
        {attachment.caption && <p>{attachment.caption}</p>}
        <StateLine attachment={attachment} told={told} kept={kept} sent={message !== undefined} failed={false} />
      </div>
      {told?.state === 'arrived' && <a class="btn" href={`/files/${attachment.file}`} download={name} aria-label={t('talk.fileSaveNamed', { name })}>{t('talk.fileSave')}</a>}
    </div>
  );
}

/** A name of two lines at most: its beginning and its ending tell files apart. */
const shortName = (name: string): string => (name.length > 44 ? `${name.slice(0, 28)}…${name.slice(-14)}` : name);

/** A size as people say it. */
export function sizeWords(size: number, t: Words['t']): string {
  return size < 1024 * 1024 ? t('talk.sizeKb', { n: Math.max(1, Math.round(size / 1024)) }) : t('talk.sizeMb', { n: (size / 1024 / 1024).toFixed(1) });
}
