import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';
import { names } from './pressable.tsx';

export interface Chip<Value extends string> {
  value: Value;
  label: ComponentChildren;
  /** A second line. For what cannot be chosen it says why. */
  note?: ComponentChildren;
  disabled?: boolean | undefined;
  icon?: IconName | undefined;
  /** Across the whole width: the usual answer. */
  whole?: boolean | undefined;
}

interface ChipsProps<Value extends string> {
  /** The question; `quiet` when the screen already asks it. */
  legend: ComponentChildren;
  quiet?: boolean | undefined;
  choices: readonly Chip<Value>[];
  /** Set when a fieldset's refusal stands elsewhere. */
  describedBy?: string | undefined;
}

function Group<Value extends string>({ legend, quiet, choices, describedBy, type, isOn, onPick }: ChipsProps<Value> & {
  type: 'radio' | 'checkbox'; isOn: (value: Value) => boolean; onPick: (value: Value, on: boolean) => void;
}) {
  const name = useId();
  return (
    <fieldset aria-describedby={describedBy}>
      <legend class={quiet ? 'sr' : 'field-label'}>{legend}</legend>
      <div class="chips">
        {choices.map(({ value, label, note, disabled, icon, whole }) => (
          <label key={value} class={names('chip', whole && 'whole')}>
            <input type={type} name={name} value={value} checked={isOn(value)} disabled={disabled} onChange={(event) => onPick(value, event.currentTarget.checked)} />
            <Icon name={isOn(value) ? 'check' : icon ?? 'ring'} />
            <span>{label}{note && <small>{note}</small>}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of several: real radio buttons, so that arrow keys and readers work as everywhere. */
export const Chips = <Value extends string>({ value, onChange, ...rest }: ChipsProps<Value> & { value: Value | undefined; onChange: (value: Value) => void }) => (
  <Group {...rest} type="radio" isOn={(one) => one === value} onPick={onChange} />
);

/** Any of several: real check boxes. */
export const ToggleChips = <Value extends string>({ values, onChange, ...rest }: ChipsProps<Value> & { values: readonly Value[]; onChange: (values: Value[]) => void }) => (
  <Group {...rest} type="checkbox" isOn={(one) => values.includes(one)}
    onPick={(one, on) => onChange(on ? [...values, one] : values.filter((other) => other !== one))} />
);
