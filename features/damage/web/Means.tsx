import { Sheet } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { meansSays, nameSays, type FormField } from '../form.ts';

/** What a word of the form means, one tap away: the word itself opens it. */
export function Means({ field, children }: { field: FormField; children: ComponentChildren }) {
  const words = useWords();
  const { t } = words;
  const name = nameSays(field, words);
  const [open, set] = useState(false);
  return (
    <>
      <button type="button" class="damage-term" onClick={() => set(true)}>{children}<span class="sr"> {t('damage.meansOf', { name })}</span></button>
      {open && <Sheet title={name} closeLabel={t('app.close')} onClose={() => set(false)}><p class="form">{meansSays(field, words)}</p></Sheet>}
    </>
  );
}
