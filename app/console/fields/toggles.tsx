/** Several of a few, by buttons that stay pressed; in the order in which they were chosen where `isOrdered`. */
import { FaultLine } from './faults.tsx';

interface TogglesProps<Value extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly at: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: readonly Value[];
  readonly isOrdered?: boolean;
  readonly onChange: (chosen: Value[]) => void;
}

export function Toggles<Value extends string>({ label, hint, at, options, chosen, isOrdered = false, onChange }: TogglesProps<Value>) {
  return (
    <fieldset class="form-wide">
      <legend class="field-label">{label}</legend>
      {hint !== undefined && <p class="field-hint">{hint}</p>}
      <div class="console-switch">
        {options.map(({ value, label: text }) => {
          const place = chosen.indexOf(value);
          return (
            <button
              key={value}
              type="button"
              aria-pressed={place >= 0}
              onClick={() => onChange(place >= 0 ? chosen.filter((one) => one !== value) : [...chosen, value])}
            >
              {isOrdered && place >= 0 && chosen.length > 1 ? `${place + 1}. ${text}` : text}
            </button>
          );
        })}
      </div>
      <FaultLine at={at} isWithin />
    </fieldset>
  );
}
