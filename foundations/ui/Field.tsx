import { useEffect, useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';

/** What an input has to carry so that its label, hint and refusal belong to it. */
export interface FieldWiring {
  id: string;
  class: 'input';
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface FieldProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** Why it was refused. It stands beside the words, and nothing is cleared. */
  error?: ComponentChildren;
  /** A tag behind the label: optional, assumed. */
  tag?: ComponentChildren;
  /** Draws the input: `{(wiring) => <input {...wiring} … />}`, or select, textarea, date, time. */
  children: (wiring: FieldWiring) => ComponentChildren;
}

/** A question, its answer, and what was wrong with it. */
export function Field({ label, hint, error, tag, children }: FieldProps) {
  const id = useId();
  // Refused by a press: the first field that is wrong may be out of sight. While one writes, nothing moves.
  useEffect(() => {
    const here = document.activeElement;
    if (error && !here?.matches('input, select, textarea')) document.getElementById(id)?.focus();
  }, [Boolean(error)]);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}{tag && <> {tag}</>}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {children({ id, class: 'input', 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

/** Why something was refused, read out when it appears. */
export const FieldError = ({ id, children }: { id?: string | undefined; children: ComponentChildren }) => (
  <p class="error" id={id} role="alert"><Icon name="square" /><span>{children}</span></p>
);
