import { useWords } from '@noroshi/foundations/web';
import { NumberShown } from './NumberShown.tsx';
import './account.css';

/** What takes the sign-in over into an icon that opens a place of its own: a number, asked for there once. (C34) */
export default function CarryOver() {
  const { t } = useWords();
  return <section class="carry-over"><p><b>{t('number.carry')}</b></p><NumberShown /></section>;
}
