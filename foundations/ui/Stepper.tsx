import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';

interface StepperProps {
  /** What is counted, for those who only hear. */
  label: string;
  less: string;
  more: string;
  value: number;
  onChange: (value: number) => void;
  min?: number | undefined;
  max?: number | undefined;
  /** How much − and + change it. Any number between can be typed. */
  by?: number | undefined;
  /** The unit behind the number. */
  unit?: ComponentChildren;
  /** 48 px high, for rows. */
  low?: boolean | undefined;
  id?: string | undefined;
  describedBy?: string | undefined;
}

/** What someone typed as a number: full-width digits, thousands and a unit behind it are understood. */
export const readNumber = (typed: string) => {
  const digits = /^\d+/.exec(typed.normalize('NFKC').replace(/[,\s]/g, ''));
  return digits ? Number(digits[0]) : undefined;
};

/** A number by − and +, or typed. Typing is never corrected while it happens, only on leaving the field. */
export function Stepper({ label, less, more, value, onChange, min = 0, max = 9999, by = 1, unit, low, id, describedBy }: StepperProps) {
  const [draft, setDraft] = useState<string>();
  const within = (number: number) => Math.min(max, Math.max(min, number));
  const set = (number: number) => { setDraft(undefined); if (within(number) !== value) onChange(within(number)); };
  const type = (text: string) => {
    setDraft(text);
    const number = readNumber(text);
    if (number !== undefined && number === within(number) && number !== value) onChange(number);
  };
  const key = (event: KeyboardEvent) => {
    const way = event.isComposing ? 0 : event.key === 'ArrowUp' ? by : event.key === 'ArrowDown' ? -by : 0;
    if (way) { event.preventDefault(); set(value + way); }
  };
  return (
    <div class={low ? 'step low' : 'step'} role="group" aria-label={label}>
      <button type="button" aria-label={less} aria-disabled={value <= min || undefined} onClick={() => set(value - by)}><Icon name="minus" /></button>
      <label>
        <input id={id} inputMode="numeric" autocomplete="off" aria-label={label} aria-describedby={describedBy} value={draft ?? value}
          onInput={(event) => type(event.currentTarget.value)} onKeyDown={key} onFocus={(event) => event.currentTarget.select()}
          onBlur={() => set(draft === undefined ? value : readNumber(draft) ?? value)} />
        {unit && <span aria-hidden="true">{unit}</span>}
      </label>
      <button type="button" aria-label={more} aria-disabled={value >= max || undefined} onClick={() => set(value + by)}><Icon name="plus" /></button>
    </div>
  );
}
