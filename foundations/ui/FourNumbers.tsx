import { Icon } from './Icon.tsx';
import { names, Press, type Pressable } from './pressable.tsx';
import { State } from './State.tsx';

interface FourNumbersProps extends Pressable {
  needed: number;
  committed: number;
  arrived: number;
  /** How many of those who came are home again. */
  home?: number | undefined;
  /** Where several lines are added up, one line's surplus does not fill another: then both are shown. */
  short?: number | undefined;
  surplus?: number | undefined;
  labels: { needed: string; committed: string; arrived: string; short: string; surplus: string; home: string };
  /** `small` on a card, `strip` under the title of a talk, `big` on the page of a request. */
  size?: 'small' | 'strip' | 'big' | undefined;
  /** Over and done with: nothing calls any more. */
  over?: boolean | undefined;
}

/** Needed, committed, arrived, short: in this order everywhere. Short is orange, none short is green. A surplus beside a shortage is told with it, so that the sums add up. */
export function FourNumbers({ needed, committed, arrived, home = 0, short, surplus: beyond, labels, size = 'small', over, ...way }: FourNumbersProps) {
  const lack = short ?? Math.max(0, needed - committed);
  const surplus = beyond ?? Math.max(0, committed - needed);
  const [word, number] = surplus && !lack ? [labels.surplus, surplus] : [labels.short, lack];
  const also = surplus > 0 && lack > 0 && `${labels.surplus} ${surplus}`;
  const back = home > 0 && `${labels.home} ${home}`;
  const isLong = Math.max(needed, committed, arrived, number) > 999;
  if (size === 'strip') {
    return (
      <Press class="strip" {...way}>
        <span>
          <span>{labels.needed} <b>{needed}</b></span> <span>{labels.committed} <b>{committed}</b></span> <span>{labels.arrived} <b>{arrived}</b></span>{back && <> <span>{back}</span></>}
          {' '}<State kind={lack ? 'short' : 'ok'}>{word} {number}{also && ` ${also}`}</State>
        </span>
        {(way.href !== undefined || way.onClick) && <Icon name="next" />}
      </Press>
    );
  }
  return (
    <dl class={names('four', size === 'big' && 'big', isLong && 'long')}>
      <div><dt>{labels.needed}</dt><dd>{needed}</dd></div>
      <div><dt>{labels.committed}</dt><dd>{committed}</dd></div>
      <div><dt>{labels.arrived}</dt><dd>{arrived}</dd>{back && <dd class="beside">{back}</dd>}</div>
      <div class={over ? undefined : lack ? 'lack' : 'full'}><dt>{!over && <Icon name={lack ? 'triangle' : 'check'} />}{word}</dt><dd>{number}</dd>{also && <dd class="beside">{also}</dd>}</div>
    </dl>
  );
}
