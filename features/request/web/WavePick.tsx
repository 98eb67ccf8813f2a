import { Field } from '@noroshi/foundations/ui';
import { useWords } from '@noroshi/foundations/web';
import type { DispatchRequest } from '../dispatch-request.ts';
import { dayInWords } from '../in-words.ts';
import { addUp } from '../sums.ts';
import { linesIn } from '../ahead.ts';
import { shortSays } from './says.ts';

interface Props {
  readonly request: DispatchRequest;
  readonly waves: readonly number[];
  readonly value: number | undefined;
  readonly onChange: (wave: number | undefined) => void;
}

/** Which wave one sees or answers: the one of today, or another. Nothing where there is no other. */
export function WavePick({ request, waves, value, onChange }: Props) {
  const words = useWords();
  const { t } = words;
  if (waves.length === 0) return null;
  const says = (wave: number): string => {
    const lines = linesIn(request, wave);
    const period = lines.map(({ line }) => line.waves?.[wave - 1]).find((one) => one !== undefined);
    return [
      t('request.waveNo', { n: wave }), shortSays(addUp(lines), words), period && t('request.wave.days', { from: dayInWords(period.from, words), to: dayInWords(period.to, words) }),
    ].filter(Boolean).join('　');
  };
  return (
    <Field label={t('request.wave.choose')}>{(wiring) => (
      <select {...wiring} value={value === undefined ? '' : String(value)} onChange={(event) => onChange(Number(event.currentTarget.value) || undefined)}>
        <option value="">{t('request.wave.now')}</option>
        {waves.map((wave) => <option key={wave} value={String(wave)}>{says(wave)}</option>)}
      </select>
    )}</Field>
  );
}
