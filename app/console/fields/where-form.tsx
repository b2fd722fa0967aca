/** A condition on a household, in sentences where it has that shape, and as text where it has another. */
import { leavesOf, type Condition } from '../../../shared/journey/standing/condition.ts';
import { conditionInWords } from '../../../shared/journey/standing/condition-wording.ts';
import { language } from '../../words/language.ts';
import { conditionOf, draftOf } from '../segments/condition-draft.ts';
import { Conditions, ConditionText } from '../segments/conditions.tsx';
import { FaultLine, useFaults } from './faults.tsx';

interface WhereProps {
  readonly where: Condition;
  readonly at: string;
  readonly onChange: (where: Condition) => void;
}

export function WhereForm({ where, at, onChange }: WhereProps) {
  const fault = useFaults();
  const groups = draftOf(where);
  if (groups === undefined)
    return (
      <div class="form-wide">
        <ConditionText condition={where} change={(condition) => condition && onChange(condition)} error={fault(at, true)} />
      </div>
    );
  return (
    <div class="form-wide stack-tight">
      <Conditions groups={groups} change={(changed) => onChange(conditionOf(changed))} fault={undefined} />
      {isSaid(where) && <p class="soft small">{conditionInWords(where, language.value)}</p>}
      <FaultLine at={at} isWithin />
    </div>
  );
}

/** A sentence without what it is about says nothing. */
export const isSaid = (condition: Condition): boolean =>
  leavesOf(condition).every((leaf) => !('count' in leaf && leaf.count.length === 0) && !('daysSince' in leaf && leaf.daysSince.length === 0));
