/** Fields to type in: a label above, a hint and what is wrong below, all tied together for whoever listens. */
import type { ComponentChildren, TargetedEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import { euroSign, parseEuros, showEuros } from './euros.ts';
import type { Money } from '../../shared/values.ts';
import { language } from '../words/language.ts';

interface Labelled {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
}

interface Bound {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

interface FieldProps extends Labelled {
  readonly children: (bound: Bound) => ComponentChildren;
}

/** The frame around any one control. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const told = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter((one) => one !== false).join(' ');
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children({ id, 'aria-describedby': told === '' ? undefined : told, 'aria-invalid': error !== undefined })}
      {error !== undefined && (
        <div class="field-error" id={`${id}-error`} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

interface TextFieldProps extends Labelled {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'search' | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'search' | undefined;
  readonly autocomplete?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** More than one line to write. */
  readonly lines?: number | undefined;
}

export function TextField({ label, hint, error, value, onChange, type = 'text', lines, autocomplete = 'off', ...rest }: TextFieldProps) {
  const typed = { ...rest, class: 'input', autocomplete, value };
  const take = (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => onChange(event.currentTarget.value);
  return (
    <Field {...{ label, hint, error }}>
      {(bound) => {
        if (lines !== undefined) return <textarea {...bound} {...typed} rows={lines} onInput={take} />;
        if (type === 'email') return <input {...bound} {...typed} type="email" onInput={take} />;
        if (type === 'search') return <input {...bound} {...typed} type="search" onInput={take} />;
        return <input {...bound} {...typed} type="text" onInput={take} />;
      }}
    </Field>
  );
}

interface NumberFieldProps extends Labelled {
  /** Undefined: the field is empty or holds no number. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | 'any' | undefined;
  readonly unit?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export function NumberField({ label, hint, error, value, onChange, unit, step = 'any', ...rest }: NumberFieldProps) {
  return (
    <Field {...{ label, hint, error }}>
      {(bound) => (
        <div class={unit === undefined ? undefined : 'input-with-unit'}>
          <input
            {...bound}
            {...rest}
            class="input"
            type="number"
            inputMode="decimal"
            step={step}
            value={value ?? ''}
            onInput={({ currentTarget }) => onChange(Number.isNaN(currentTarget.valueAsNumber) ? undefined : currentTarget.valueAsNumber)}
          />
          {unit !== undefined && <span>{unit}</span>}
        </div>
      )}
    </Field>
  );
}

interface MoneyFieldProps extends Labelled {
  readonly value: Money | undefined;
  readonly onChange: (value: Money | undefined) => void;
  readonly disabled?: boolean | undefined;
}

/** Takes "12,50" and "12.50"; what is typed stays as typed while it is being typed. */
export function MoneyField({ label, hint, error, value, onChange, disabled }: MoneyFieldProps) {
  const [typed, setTyped] = useState<string>();
  const shown = typed !== undefined && parseEuros(typed)?.amountMinor === value?.amountMinor ? typed : showEuros(value, language.value);
  const change = (text: string) => {
    setTyped(text);
    onChange(parseEuros(text));
  };
  return (
    <Field {...{ label, hint, error }}>
      {(bound) => (
        <div class="input-with-unit">
          <input
            {...bound}
            class="input"
            type="text"
            inputMode="decimal"
            autocomplete="off"
            disabled={disabled}
            value={shown}
            onInput={(event) => change(event.currentTarget.value)}
          />
          <span>{euroSign}</span>
        </div>
      )}
    </Field>
  );
}

interface DateFieldProps extends Labelled {
  /** `YYYY-MM-DD`, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export function DateField({ label, hint, error, value, onChange, ...rest }: DateFieldProps) {
  return (
    <Field {...{ label, hint, error }}>
      {(bound) => <input {...bound} {...rest} class="input" type="date" value={value} onInput={(event) => onChange(event.currentTarget.value)} />}
    </Field>
  );
}
