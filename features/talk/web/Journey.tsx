import { Button, Icon, ReadLine } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';

interface JourneyProps {
  /** Not yet heard by the server. */
  readonly waiting: boolean;
  readonly mine: boolean;
  /** How many of whom have read it; undefined while nobody has told this device. */
  readonly read: number | undefined;
  readonly of: number;
  /** How many of those who have not read it were told through another. */
  readonly proxy: number;
  readonly onClick?: () => void;
  readonly href?: string;
}

/** How far something said has come, in words: 端末に保存・送信待ち, 送信ずみ, 既読 n/m. What opens are the names. */
export function Journey({ waiting, mine, read, of, proxy, ...way }: JourneyProps) {
  const { t } = useWords();
  if (waiting) return <><Icon name="clock" />{t('talk.waiting')}</>;
  if (of === 0) return null;
  return (
    <>
      {mine && !read && <span class="got"><Icon name="check" />{t('talk.reached')}</span>}
      {read === undefined
        ? <Button kind="quiet" {...way}>{t('talk.readUnknown')}</Button>
        : <ReadLine read={read} of={of} proxy={proxy} labels={{ read: t('talk.read'), unread: t('talk.unread'), all: t('talk.allRead'), proxy: t('talk.proxy') }} {...way} />}
    </>
  );
}
