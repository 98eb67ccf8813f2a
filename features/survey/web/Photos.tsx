import type { Attachment } from '@noroshi/features/talk';
import { AttachSheet, Attached } from '@noroshi/features/talk/web';
import { Button, FieldError } from '@noroshi/foundations/ui';
import type { StreamKey } from '@noroshi/foundations/sync';
import { useWords } from '@noroshi/foundations/web';
import { useRef, useState } from 'preact/hooks';
import { mostPhotos } from '../answer.ts';

/** Where photographs of an answer lie, and which there are. Without a stream nothing can be added: it is a preview. */
export interface PhotoPlace { readonly stream: StreamKey | undefined; readonly known: readonly Attachment[]; readonly add: (more: readonly Attachment[]) => void }

/** Photographs as an answer: they go behind the words, and on with them after a cut. */
export function PhotoField({ title, ids, at: { stream, known, add }, onChange }: { title: string; ids: readonly string[]; at: PhotoPlace; onChange: (ids: string[]) => void }) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [picked, pick] = useState<readonly File[]>();
  const [others, sawOthers] = useState(false);
  const attach = (all: readonly Attachment[]): void => {
    const photos = all.filter(({ kind }) => kind === 'photo');
    sawOthers(photos.length < all.length);
    add(photos);
    onChange([...ids, ...photos.map(({ file }) => file)]);
    pick(undefined);
  };
  return (
    <div role="group" aria-label={title}>
      <Shown ids={ids} known={known} mine onDrop={(file) => onChange(ids.filter((id) => id !== file))} />
      {ids.length < mostPhotos && <Button wide icon="camera" disabled={!stream} onClick={() => input.current?.click()}>{t('survey.photoAdd')}</Button>}
      {!stream && <p class="hint">{t('survey.photoPreview')}</p>}
      {others && <FieldError>{t('survey.onlyPhotos')}</FieldError>}
      <input ref={input} type="file" accept="image/*" multiple hidden onChange={(e) => { const files = [...(e.currentTarget.files ?? [])]; if (files.length > 0) pick(files); e.currentTarget.value = ''; }} />
      {picked && stream && <AttachSheet picked={picked} stream={stream} already={ids.length} onClose={() => pick(undefined)} onAttach={attach} />}
    </div>
  );
}

/** Photographs that were given as an answer. */
export function Shown({ ids, known, mine = false, onDrop }: { ids: readonly string[]; known: readonly Attachment[]; mine?: boolean; onDrop?: (file: string) => void }) {
  const { t } = useWords();
  return <>{ids.flatMap((id) => known.find(({ file }) => file === id) ?? []).map((one) => (
    <div key={one.file} class="survey-photo">
      <div class="grow"><Attached attachment={one} mine={mine} /></div>
      {onDrop && <Button kind="quiet" low class="danger" onClick={() => onDrop(one.file)}>{t('board.detach')}<span class="sr">{one.name}</span></Button>}
    </div>
  ))}</>;
}
