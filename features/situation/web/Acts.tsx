import { Button, FieldError } from '@noroshi/foundations/ui';
import { useRoute, useWords, type Sight, type SightAct } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';

/** What can be done about a municipality where it stands: one press, and the row says who has it in hand. (A2) */
export function Acts({ sights }: { sights: readonly Sight[] }) {
  const words = useWords();
  const { t } = words;
  const route = useRoute();
  const [busy, setBusy] = useState<SightAct['label']>();
  const [trouble, setTrouble] = useState<string>();
  const acts = sights.flatMap((sight) => sight.acts ?? []);
  const hands = sights.flatMap(({ inHand }) => (inHand ? [inHand(words)] : []));
  if (acts.length + hands.length === 0) return null;
  const run = async ({ label, run: does }: SightAct): Promise<void> => {
    setBusy(label);
    setTrouble(undefined);
    try {
      const told = await does!(words);
      if (!told.ok) setTrouble(words.refusal(told.code, told.params));
      else if (told.go) route.go(told.go);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div class="situation-acts">
      {hands.length > 0 && <p class="sub">{words.beside(hands)}</p>}
      {acts.map((act) => act.href !== undefined
        ? <Button key={act.label} low icon={act.icon} href={act.href}>{t(act.label)}</Button>
        : <Button key={act.label} low icon={act.icon} busy={busy === act.label ? t('request.sending') : undefined} onClick={() => void run(act)}>{t(act.label)}</Button>)}
      {trouble && <FieldError>{trouble}</FieldError>}
    </div>
  );
}
