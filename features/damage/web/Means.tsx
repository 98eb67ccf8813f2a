import type { Key } from '@noroshi/foundations/i18n';
import { Sheet } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** What a word of the form means, one tap away: the word itself opens it. */
export function Means({ of, name, children }: { of: string; name: string; children: ComponentChildren }) {
  const { t } = useWords();
  const [open, set] = useState(false);
  return (
    <>
      <button type="button" class="damage-term" onClick={() => set(true)}>{children}<span class="sr"> {t('damage.meansOf', { name })}</span></button>
      {open && <Sheet title={name} closeLabel={t('app.close')} onClose={() => set(false)}><p class="form">{t(`damage.means.${of}` as Key)}</p></Sheet>}
    </>
  );
}
