import { Icon } from './Icon.tsx';
import { Press, type Pressable } from './pressable.tsx';

interface ReadLineProps extends Pressable {
  read: number;
  of: number;
  labels: { read: string; unread: string; all: string };
}

/** Who has read it, in text and exact, and it always opens the names. */
export const ReadLine = ({ read, of, labels, ...way }: ReadLineProps) => (
  <Press class={read >= of ? 'read all' : 'read'} {...way}>
    {read >= of
      ? <><span>{labels.all}</span><Icon name="check" /></>
      : <span><i>{labels.read} <b>{read}/{of}</b></i> <i>{labels.unread} <b>{of - read}</b></i></span>}
  </Press>
);
