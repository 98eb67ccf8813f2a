import { IconButton } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

const step = (month: string, by: number): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 7);

/** Which month is shown, and the ways to the one before and after. */
export function MonthBar({ month, href }: { month: string; href: (month: string) => string }) {
  const { t } = useWords();
  return (
    <div class="rota-month">
      <IconButton icon="back" label={t('rota.before')} href={href(step(month, -1))} />
      <h2>{t('rota.monthIs', { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) })}</h2>
      <IconButton icon="next" label={t('rota.after')} href={href(step(month, 1))} />
    </div>
  );
}
