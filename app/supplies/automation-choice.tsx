/** After how many right guesses in a row buying by itself is offered. */
import type { Answer, SendInput } from '../api/contract-types.ts';
import { Card } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { useWords } from '../words/use-words.ts';
import { trustWords } from './trust-words.ts';

type Change = SendInput<'changeSupply'>['body'];
const PRECISION = 0.95;
const CYCLES = ['2', '4', '8'] as const;

interface ChoiceProps {
  readonly supply: Answer<'readSupply'>;
  readonly change: Change;
  readonly set: (more: Change) => void;
}

export function AutomationChoice({ supply, change, set }: ChoiceProps) {
  const t = useWords(trustWords);
  const now = 'automation' in change ? change.automation?.cycles : supply.settings.automation?.cycles;
  const value = CYCLES.find((one) => Number(one) === now) ?? '4';
  return (
    <Card>
      <Choice
        label={t.whenLabel}
        value={value}
        onChange={(cycles) => set({ automation: cycles === '4' ? null : { precision: PRECISION, cycles: Number(cycles) } })}
        options={CYCLES.map((one) => ({ value: one, label: t.when[one] }))}
      />
    </Card>
  );
}
