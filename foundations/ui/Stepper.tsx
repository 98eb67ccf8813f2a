import { useId, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { FieldError } from './Field.tsx';
import { Icon } from './Icon.tsx';

interface StepperProps {
  /** What is counted, for those who only hear. */
  label: string;
  less: string;
  more: string;
  /** `undefined` where no number has been given, or none that can be read. */
  value: number | undefined;
  /** Told as typed, also beyond `min` and `max`: whoever sends looks with `isWithin`. */
  onChange: (value: number | undefined) => void;
  min?: number | undefined;
  max?: number | undefined;
  /** How much − and + change it. Any number between can be typed. */
  by?: number | undefined;
  /** The unit behind the number. */
  unit?: ComponentChildren;
  /** 48 px high, for rows. */
  low?: boolean | undefined;
  /** What is wrong with the number. While one still types towards it, it is not said. */
  error?: ComponentChildren;
  id?: string | undefined;
  describedBy?: string | undefined;
}

/** What someone typed as a number: full-width digits, thousands and a unit behind it are understood. */
export const readNumber = (typed: string) => {
  const digits = /^\d+/.exec(typed.normalize('NFKC').replace(/[,\s]/g, ''));
  return digits ? Number(digits[0]) : undefined;
};

/** Whether a number was given and can be sent. */
export const isWithin = (value: number | undefined, min: number, max: number): value is number => value !== undefined && value >= min && value <= max;

/**
 * A number by − and +, or typed. What was typed is never changed behind the writer's back: a number too large stays, with
 * the error beside it. − and + lead back into the range.
 */
export function Stepper({ label, less, more, value, onChange, min = 0, max = 9999, by = 1, unit, low, error, id, describedBy }: StepperProps) {
  const [draft, setDraft] = useState<string>();
  const [typing, setTyping] = useState(false);
  const errorId = useId();
  const set = (number: number) => { setDraft(undefined); if (number !== value) onChange(number); };
  const step = (way: number) => set(Math.min(max, Math.max(min, (value ?? 0) + way)));
  const type = (text: string) => {
    setDraft(text);
    const number = readNumber(text);
    if (number !== value) onChange(number);
  };
  const key = (event: KeyboardEvent) => {
    const way = event.isComposing ? 0 : event.key === 'ArrowUp' ? by : event.key === 'ArrowDown' ? -by : 0;
    if (way) { event.preventDefault(); step(way); }
  };
  const shown = draft ?? String(value ?? '');
  // A number that is too small may only be begun.
  const says = error && (!typing || (value !== undefined && value > max)) ? error : undefined;
  return (
    <div>
      <div class={low ? 'step low' : 'step'} role="group" aria-label={label}>
        <button type="button" aria-label={less} aria-disabled={value === undefined || value <= min || undefined} onClick={() => { if (value !== undefined) step(-by); }}><Icon name="minus" /></button>
        <label>
          <input id={id} inputMode="numeric" autocomplete="off" aria-label={label} aria-describedby={[describedBy, says && errorId].filter(Boolean).join(' ') || undefined} aria-invalid={says ? true : undefined} value={shown} class={shown.length > 4 ? 'long' : undefined}
            onInput={(event) => type(event.currentTarget.value)} onKeyDown={key} onFocus={(event) => { setTyping(true); event.currentTarget.select(); }}
            onBlur={() => { setTyping(false); if (value !== undefined) setDraft(undefined); }} />
          {unit && <span aria-hidden="true">{unit}</span>}
        </label>
        <button type="button" aria-label={more} aria-disabled={(value !== undefined && value >= max) || undefined} onClick={() => { if (value === undefined || value < max) step(by); }}><Icon name="plus" /></button>
      </div>
      {says && <FieldError id={errorId}>{says}</FieldError>}
    </div>
  );
}
