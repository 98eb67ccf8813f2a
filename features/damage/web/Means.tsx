import type { Key } from '@noroshi/foundations/i18n';
import { IconButton, Sheet } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** What a word of the form means, one tap away: by a sign beside it, or by the word itself where it is handed in. */
export function Means({ of, name, children }: { of: string; name: string; children?: ComponentChildren }) {
  const { t } = useWords();
  const [open, set] = useState(false);
  return (
    <>
      {children
        ? <button type="button" class="damage-term" onClick={() => set(true)}>{children}<span class="sr"> {t('damage.meansOf', { name })}</span></button>
        : <IconButton icon="doc" label={t('damage.meansOf', { name })} onClick={() => set(true)} />}
      {open && <Sheet title={name} closeLabel={t('app.close')} onClose={() => set(false)}><p class="form">{t(`damage.means.${of}` as Key)}</p></Sheet>}
    </>
  );
}
