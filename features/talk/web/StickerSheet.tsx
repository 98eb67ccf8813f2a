import { stickers, type StickerId } from '@noroshi/features/talk';
import { Sheet } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import './stickers.css';

export interface StickerSheetProps { readonly onPick: (id: StickerId) => void; readonly onClose: () => void }

/** All stickers of こま; one press sends. */
export function StickerSheet({ onPick, onClose }: StickerSheetProps) {
  const { t, language } = useWords();
  return (
    <Sheet title={t('talk.stickers')} closeLabel={t('app.close')} onClose={onClose}>
      <p class="sub sheet-pad">{t('talk.stickerNoAnswer')}</p>
      <div class="sticker-sheet">
        {stickers.map((sticker) => (
          <button key={sticker.id} type="button" onClick={() => onPick(sticker.id)}>
            <img src={`/stickers/${sticker.id}.svg`} alt={language === 'ja' ? sticker.ja : ''} width="88" height="88" loading="lazy" decoding="async" />{language !== 'ja' && sticker[language]}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
