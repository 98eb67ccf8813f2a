import { Icon } from './Icon.tsx';
import { Press, type Pressable } from './pressable.tsx';

interface ReadLineProps extends Pressable {
  read: number;
  of: number;
  /** Of those who have not read it, how many were told through another. */
  proxy?: number | undefined;
  labels: { read: string; unread: string; all: string; proxy?: string | undefined };
}

/** Who has read it, in text and exact, and it always opens the names. */
export const ReadLine = ({ read, of, proxy = 0, labels, ...way }: ReadLineProps) => (
  <Press class={read >= of ? 'read all' : 'read'} {...way}>
    {read >= of
      ? <><span>{labels.all}</span><Icon name="check" /></>
      : <span><i>{labels.read} <b>{read}/{of}</b></i> <i class="and">{labels.unread} <b>{of - read - proxy}</b></i>{proxy > 0 && <> <i class="and">{labels.proxy} <b>{proxy}</b></i></>}</span>}
  </Press>
);
