import type { Attachment, Message } from '@noroshi/features/talk';
import { IconLine } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

/** A photograph or file in the talk, in words: what it is, when and where it was taken. */
export function AttachmentView({ attachment }: { attachment: Attachment; message?: Message; mine?: boolean }) {
  const { t, moment } = useWords();
  const { name, size, caption, takenAt, lat, lon } = attachment;
  return (
    <div>
      <IconLine icon={attachment.kind === 'photo' ? 'image' : 'doc'}>{caption && <>{caption}<br /></>}{name}（{t('talk.sizeKb', { n: Math.max(1, Math.round(size / 1024)) })}）</IconLine>
      {takenAt !== undefined && <IconLine icon="clock">{t('talk.takenAt', { time: moment(takenAt) })}</IconLine>}
      {lat !== undefined && lon !== undefined && <IconLine icon="pin">{t('talk.placeAt', { lat: lat.toFixed(5), lon: lon.toFixed(5) })}</IconLine>}
    </div>
  );
}
