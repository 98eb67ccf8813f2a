import { say, type Attachment } from '@noroshi/features/talk';
import { loadPrepare, useFiles } from '@noroshi/foundations/files/web';
import type { Id } from '@noroshi/foundations/kernel';
import { roomStream } from '@noroshi/foundations/sync';
import { useLowData, useStair, useWords } from '@noroshi/foundations/web';
import { useEffect, useState } from 'preact/hooks';

/** What is told with it. */
type Told = Pick<Attachment, 'caption' | 'takenAt' | 'lat' | 'lon'>;

/** How long it is said that it is done (milliseconds). */
const said = 4_000;

/** Puts what was taken in a call into the talk, as a photograph or file of it: on this device’s disk first, and sent behind its words when the line allows. (CA8) */
export function useKeepingFiles(room: Id): { busy: boolean; done: boolean; trouble: string | undefined; keep(take: () => Promise<File>, told: Told): Promise<void> } {
  const { t, refusal } = useWords();
  const stair = useStair();
  const low = useLowData();
  const { kept } = useFiles();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  // What makes it ready must be here before the line may be gone.
  useEffect(() => void loadPrepare().catch(() => undefined), []);
  const put = async (take: () => Promise<File>, more: Told): Promise<string | undefined> => {
    const [file, prepare] = [await take(), await loadPrepare()];
    const ready = await prepare(file, { newId: () => stair.newId(), lowData: low });
    if ('ok' in ready) return refusal(ready.code, ready.params);
    const { taken: _taken, blob, thumb, asItIs: _asItIs, ...told } = ready;
    await kept.keep({ file: told.file, stream: roomStream(room), kind: told.kind, size: told.size, type: told.type, at: stair.now() }, { blob, thumb });
    const sent = await stair.send(say, { room, attachments: [{ ...told, ...more }] });
    return sent.ok ? undefined : refusal(sent.code, sent.params);
  };
  return {
    busy, done, trouble,
    async keep(take, more) {
      setBusy(true);
      const wrong = await put(take, more).catch((error: unknown) => {
        console.warn(error);
        return t('call.notKept');
      });
      setTrouble(wrong);
      setBusy(false);
      if (wrong !== undefined) return;
      setDone(true);
      setTimeout(() => setDone(false), said);
    },
  };
}
