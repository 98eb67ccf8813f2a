import { Note } from '@noroshi/foundations/ui';
import { useWords, type CardProps } from '@noroshi/foundations/web';

/** In the talk: that a town has reported, and the way to what it said. */
export default function ReportedLine({ id, params }: CardProps) {
  const { t } = useWords();
  return <Note><a class="link" href={`/damage/${id}`}>{t('note.damage.reported', params)}</a></Note>;
}
