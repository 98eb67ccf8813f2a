import { Button, Field, Sheet } from '@noroshi/foundations/ui';
import { useLive, useNow, useSending, useStair, useWords } from '@noroshi/foundations/web';
import type { Incident } from '@noroshi/features/incident';
import { useState } from 'preact/hooks';
import type { DispatchRequest } from '../dispatch-request.ts';
import { escalate } from '../escalate.ts';
import { sumsOf } from '../sums.ts';
import { upwardSubject, upwardWords } from '../upward-words.ts';
import type { Names } from './known.ts';

/**
 * 上申: the words lie ready, are read and changed, go out by hand where the addressee is not on the hotline, and are kept with the
 * request as they were sent. (R45)
 */
export function EscalateSheet({ request, to, names, event, onClose }: { request: DispatchRequest; to: 'prefecture' | 'nation'; names: Names; event: Incident | undefined; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const now = useNow();
  const { actor, replica } = useStair();
  const sending = useSending();
  const [copied, setCopied] = useState<'copied' | 'cannotCopy'>();
  const short = sumsOf(request).total.short;
  // What was changed is there again after anything, until it is recorded.
  const place = `request/up/${request.id}/${to}`;
  const kept = useLive(async (stair) => (await stair.replica.outbox.draft.get(place))?.text ?? null, [place]);
  const [typed, type] = useState<string>();
  const upward = { request, to, now, incident: event?.name ?? '', nameOf: names.org, by: { org: actor.org, post: names.post(actor.person), name: names.person(actor.person) } };
  const made = (): string => upwardWords(upward, words);
  // Made once: the time in it does not run on while someone reads.
  const [prepared, prepare] = useState(made);
  const text = typed ?? kept ?? prepared;
  const write = (next: string): void => {
    type(next);
    setCopied(undefined);
    void replica.outbox.draft.put({ place, text: next, at: now });
  };
  const anew = (): void => {
    prepare(made());
    type(undefined);
    setCopied(undefined);
    void replica.outbox.draft.delete(place);
  };
  const changed = typed !== undefined || typeof kept === 'string';
  return (
    <Sheet title={t(`request.sheet.escalate.${to}`, { no: request.no })} closeLabel={t('app.close')} onClose={onClose}
      foot={<Button kind="main" wide busy={sending.busy ? t('request.sending') : undefined} onClick={async () => {
        const id = await sending.send(escalate, { room: request.room, request: request.id, to, ...(text.trim() ? { words: text.trim() } : {}) });
        if (!id) return;
        await replica.outbox.draft.delete(place);
        onClose();
      }}>{t(`request.sheet.escalate.main.${to}`, { short })}</Button>}>
      <div class="form request-upward">
        <p>{t('request.sheet.escalate.says', { short })}</p>
        <Field label={t('request.sheet.escalate.words')} hint={t(`request.sheet.escalate.wordsSay.${to}`)} error={sending.trouble}>
          {(wiring) => <textarea {...wiring} maxLength={4000} value={text} onInput={(e) => write(e.currentTarget.value)} />}
        </Field>
        <div class="request-upward-ways">
          <Button icon="doc" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied('copied'), () => setCopied('cannotCopy'))}>{t('request.sheet.escalate.copy')}</Button>
          <Button icon="mail" href={`mailto:?subject=${encodeURIComponent(upwardSubject(upward, words))}&body=${encodeURIComponent(text)}`}>{t('request.sheet.escalate.mail')}</Button>
          {changed && <Button kind="quiet" icon="loop" onClick={anew}>{t('request.sheet.escalate.anew')}</Button>}
        </div>
        <p role="status" class="sub">{copied && t(`request.sheet.escalate.${copied}`)}</p>
      </div>
    </Sheet>
  );
}
