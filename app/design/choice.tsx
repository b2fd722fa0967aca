import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../words/use-words.ts';
import { Field } from './field.tsx';
import { words } from './words.ts';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly disabled?: boolean | undefined;
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean | undefined;
}

export function Select<Value extends string>({ label, hint, error, value, options, onChange, disabled }: SelectProps<Value>) {
  const choose = (text: string) => {
    const chosen = options.find((option) => option.value === text);
    if (chosen !== undefined) onChange(chosen.value);
  };
  return (
    <Field {...{ label, hint, error }}>
      {(bound) => (
        <select {...bound} class="input" value={value} disabled={disabled} onChange={(event) => choose(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ChoiceProps<Value extends string> {
  /** The question. */
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly value: Value | undefined;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, each in view with what it means. */
export function Choice<Value extends string>({ label, hint, value, options, onChange }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend class="field-label">{label}</legend>
      {hint !== undefined && <div class="field-hint">{hint}</div>}
      <div class="choices">
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input type="radio" name={name} checked={option.value === value} disabled={option.disabled} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
            {option.hint !== undefined && <span class="choice-hint">{option.hint}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
}

export function Switch({ label, hint, checked, onChange, disabled }: SwitchProps) {
  const id = useId();
  return (
    <label class="switch">
      <span class="field-label">{label}</span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : id}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {hint !== undefined && (
        <span class="field-hint" id={id}>
          {hint}
        </span>
      )}
    </label>
  );
}

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** What stands between the two buttons, when it is more than the number. */
  readonly text?: string | undefined;
}

export function Stepper({ label, value, min, max, onChange, text }: StepperProps) {
  const t = useWords(words);
  const step = (by: number) => {
    const next = Math.min(max, Math.max(min, value + by));
    if (next !== value) onChange(next);
  };
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button type="button" aria-label={`${label}: ${t.less}`} aria-disabled={value <= min} onClick={() => step(-1)}>
        −
      </button>
      <output aria-live="polite">{text ?? value}</output>
      <button type="button" aria-label={`${label}: ${t.more}`} aria-disabled={value >= max} onClick={() => step(1)}>
        +
      </button>
    </div>
  );
}
