import type { Attachment, Message } from '@noroshi/features/talk';
import { Attached } from '@noroshi/features/talk/web';
import { useWords } from '@noroshi/foundations/web';

/** Photographs and files of a notice, as they stand in the talk. @param at what they came with */
export function AttachedFiles({ files, at: { id, by, org, at } }: { files: readonly Attachment[]; at: Pick<Message, 'id' | 'by' | 'org' | 'at'> }) {
  const { t } = useWords();
  return (
    <section class="notice-files" aria-label={t('board.attachments')}>
      {files.map((one) => <Attached key={one.file} attachment={one} message={{ id, by, org, at }} />)}
    </section>
  );
}
