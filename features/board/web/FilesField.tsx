import type { Attachment } from '@noroshi/features/talk';
import { AttachRows, AttachSheet, Attached } from '@noroshi/features/talk/web';
import { Button } from '@noroshi/foundations/ui';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { mostFiles } from '../content.ts';

/** Photographs and papers that go with a notice: its words first, the bytes behind them. */
export function FilesField({ board, files, onChange }: { board: Id; files: readonly Attachment[]; onChange: (files: readonly Attachment[]) => void }) {
  const { t } = useWords();
  const [picked, pick] = useState<readonly File[]>();
  return (
    <div role="group" aria-label={t('board.attachments')}>
      <p class="field-label">{t('board.attachments')}</p>
      {files.map((one) => (
        <div key={one.file} class="notice-file">
          <div class="grow"><Attached attachment={one} mine /></div>
          <Button kind="quiet" low class="danger" onClick={() => onChange(files.filter((other) => other.file !== one.file))}>{t('board.detach')}<span class="sr">{one.name}</span></Button>
        </div>
      ))}
      {files.length < mostFiles && <div class="box"><AttachRows onPick={pick} /></div>}
      {picked && <AttachSheet picked={picked} stream={roomStream(board)} already={files.length} onClose={() => pick(undefined)} onAttach={(more) => { onChange([...files, ...more]); pick(undefined); }} />}
    </div>
  );
}
