import { Button, EmptyNote, Field, FieldError, SectionHead } from '@noroshi/foundations/ui';
import { useSending, useWords } from '@noroshi/foundations/web';
import { useState } from 'preact/hooks';
import { readCard } from '../card.ts';
import { meet } from '../meet.ts';

/** Eight groups that are read over the telephone: each for itself, and large. */
export const Numbers = ({ numbers, label }: { numbers: readonly string[]; label: string }) => (
  <ol class="phone-numbers" aria-label={label}>{numbers.map((group, i) => <li key={i}>{group}</li>)}</ol>
);

/** こちらの名刺: the text to hand over, and the numbers to read out. */
export function OurCard({ card, numbers }: { card: string | undefined; numbers: readonly string[] }) {
  const { t } = useWords();
  const [copied, tell] = useState<'federation.copied' | 'federation.cannotCopy'>();
  return (
    <section class="form">
      <SectionHead title={t('federation.ourCard')} />
      {card === undefined ? <EmptyNote>{t('federation.noCard')}</EmptyNote> : (
        <>
          <p class="sub">{t('federation.ourCardSays')}</p>
          <pre class="partner-card">{card.trim()}</pre>
          <Button wide icon="doc" onClick={() => void navigator.clipboard.writeText(card).then(() => tell('federation.copied'), () => tell('federation.cannotCopy'))}>{t('federation.copy')}</Button>
          <p role="status" class="sub">{copied && t(copied)}</p>
          <h3>{t('federation.ourNumbers')}</h3>
          <p class="sub">{t('federation.ourNumbersSay')}</p>
          <Numbers numbers={numbers} label={t('federation.ourNumbers')} />
        </>
      )}
    </section>
  );
}

/** 相手の名刺を読み込む. */
export function TheirCard({ again }: { again: () => void }) {
  const { t } = useWords();
  const sending = useSending();
  const [text, write] = useState('');
  const [tried, press] = useState(false);
  const card = readCard(text);
  const read = async (): Promise<void> => {
    press(true);
    if (!card || !(await sending.send(meet, card))) return;
    write('');
    press(false);
    again();
  };
  return (
    <section class="form">
      <SectionHead title={t('federation.theirCard')} />
      <Field label={t('federation.cardText')} hint={t('federation.cardHint')} error={tried && !card ? t('federation.noCardText') : undefined}>
        {(wiring) => <textarea {...wiring} rows={5} maxLength={2_000} autocomplete="off" spellcheck={false} value={text} onInput={(event) => write(event.currentTarget.value)} />}
      </Field>
      {sending.trouble && <FieldError>{sending.trouble}</FieldError>}
      <Button wide busy={sending.busy ? t('federation.sending') : undefined} onClick={() => void read()}>{t('federation.read')}</Button>
    </section>
  );
}
