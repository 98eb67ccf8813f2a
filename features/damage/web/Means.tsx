import type { Key } from '@noroshi/foundations/i18n';
import { IconButton, Sheet } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';

/** What a word of the form means, one tap away. */
export function Means({ of, name }: { of: string; name: string }) {
  const { t } = useWords();
  const [open, set] = useState(false);
  return (
    <>
      <IconButton icon="doc" label={t('damage.meansOf', { name })} onClick={() => set(true)} />
      {open && <Sheet title={name} closeLabel={t('app.close')} onClose={() => set(false)}><p class="form">{t(`damage.means.${of}` as Key)}</p></Sheet>}
    </>
  );
}
