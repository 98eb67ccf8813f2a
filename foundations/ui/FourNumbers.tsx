import { Icon } from './Icon.tsx';
import { names, Press, type Pressable } from './pressable.tsx';
import { State } from './State.tsx';

interface FourNumbersProps extends Pressable {
  needed: number;
  committed: number;
  arrived: number;
  /** Where several lines are added up, one line's surplus does not fill another: then both are told, and short is shown. */
  short?: number | undefined;
  surplus?: number | undefined;
  labels: { needed: string; committed: string; arrived: string; short: string; surplus: string };
  /** `small` on a card, `strip` under the title of a talk, `big` on the page of a request. */
  size?: 'small' | 'strip' | 'big' | undefined;
}

/** Needed, committed, arrived, short: in this order everywhere. Short is orange, none short is green. */
export function FourNumbers({ needed, committed, arrived, short, surplus: beyond, labels, size = 'small', ...way }: FourNumbersProps) {
  const lack = short ?? Math.max(0, needed - committed);
  const surplus = beyond ?? Math.max(0, committed - needed);
  const [word, number] = surplus && !lack ? [labels.surplus, surplus] : [labels.short, lack];
  const isLong = Math.max(needed, committed, arrived, number) > 999;
  if (size === 'strip') {
    return (
      <Press class="strip" {...way}>
        <span>
          <span>{labels.needed} <b>{needed}</b></span> <span>{labels.committed} <b>{committed}</b></span> <span>{labels.arrived} <b>{arrived}</b></span>
          {' '}<State kind={lack ? 'short' : 'ok'}>{word} {number}</State>
        </span>
        {(way.href !== undefined || way.onClick) && <Icon name="next" />}
      </Press>
    );
  }
  return (
    <dl class={names('four', size === 'big' && 'big', isLong && 'long')}>
      <div><dt>{labels.needed}</dt><dd>{needed}</dd></div>
      <div><dt>{labels.committed}</dt><dd>{committed}</dd></div>
      <div><dt>{labels.arrived}</dt><dd>{arrived}</dd></div>
      <div class={lack ? 'lack' : 'full'}><dt><Icon name={lack ? 'triangle' : 'check'} />{word}</dt><dd>{number}</dd></div>
    </dl>
  );
}
