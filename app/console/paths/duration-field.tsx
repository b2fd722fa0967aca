/** A time as people say it: a number of minutes, hours or days. The unit stays what it was while somebody types. */
import { useState } from 'preact/hooks';
import { Select } from '../../design/choice.tsx';
import { NumberField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { words } from './builder-words.ts';
import { useFaults } from '../fields/faults.tsx';
import { shownNumber, typedNumber } from '../fields/typed-number.ts';

const units = { minutes: 1, hours: 60, days: 24 * 60 } as const;
type Unit = keyof typeof units;
const unitNames: readonly Unit[] = ['minutes', 'hours', 'days'];
const largest = (minutes: number): Unit =>
  minutes > 0 && minutes % units.days === 0 ? 'days' : minutes > 0 && minutes % units.hours === 0 ? 'hours' : 'minutes';

interface DurationProps {
  readonly label: string;
  readonly minutes: number;
  readonly at: string;
  readonly onChange: (minutes: number) => void;
}

export function DurationField({ label, minutes, at, onChange }: DurationProps) {
  const t = useWords(words);
  const [unit, setUnit] = useState<Unit>(() => largest(minutes));
  const shown = shownNumber(minutes);
  const amount = shown === undefined ? undefined : Math.round((shown / units[unit]) * 100) / 100;
  const inMinutes = (typed: number | undefined, of: Unit) => onChange(Math.round(typedNumber(typed) * units[of]));
  return (
    <div class="path-duration">
      <NumberField label={label} value={amount} min={0} error={useFaults()(at)} onChange={(typed) => inMinutes(typed, unit)} />
      <Select
        label={t.unit(label)}
        value={unit}
        options={unitNames.map((value) => ({ value, label: t.units[value] }))}
        onChange={(changed) => {
          setUnit(changed);
          inMinutes(amount, changed);
        }}
      />
    </div>
  );
}
