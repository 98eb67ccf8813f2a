import { listed } from '@noroshi/foundations/i18n';
import { Band } from '@noroshi/foundations/ui';
import { useAsked, useStair, useWords } from '@noroshi/foundations/web';
import { heldPartners } from '../questions.ts';

/** One line for administrators while a partner is held: nothing goes there or comes from there until one of them has telephoned. */
export default function HomeNote() {
  return useStair().actor.role === 'administrator' ? <Held /> : null;
}

function Held() {
  const words = useWords();
  const { told } = useAsked(heldPartners, {});
  return told?.ok && told.value.names.length > 0 ? <Band kind="duty" icon="phone" href="/partners">{words.t('federation.heldHome', { name: listed(told.value.names, words) })}</Band> : null;
}
