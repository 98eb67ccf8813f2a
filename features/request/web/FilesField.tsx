import type { Attachment } from '@noroshi/features/talk';
import { AttachRows, AttachSheet, Attached } from '@noroshi/features/talk/web';
import { Button } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { useState } from 'preact/hooks';
import { mostFiles } from '../content.ts';
import { fieldName } from '../in-words.ts';

/** Photographs, maps and papers that go with the request: its words first, the bytes behind them. */
export function FilesField({ room, files, onChange }: { room: Id; files: readonly Attachment[]; onChange: (files: Attachment[]) => void }) {
  const words = useWords();
  const { t } = words;
  const [picked, setPicked] = useState<readonly File[]>();
  return (
    <div role="group" aria-label={fieldName('files', words)}>
      <p class="field-label">{fieldName('files', words)}</p>
      {files.map((one) => (
        <div key={one.file} class="request-file">
          <div class="grow"><Attached attachment={one} mine /></div>
          <Button kind="quiet" low class="danger" onClick={() => onChange(files.filter((other) => other.file !== one.file))}>{t('request.files.remove')}<span class="sr">{one.name}</span></Button>
        </div>
      ))}
      {files.length < mostFiles && <div class="box request-attach"><AttachRows onPick={setPicked} /></div>}
      {picked && <AttachSheet picked={picked} stream={roomStream(room)} already={files.length} onClose={() => setPicked(undefined)} onAttach={(more) => { onChange([...files, ...more]); setPicked(undefined); }} />}
    </div>
  );
}
