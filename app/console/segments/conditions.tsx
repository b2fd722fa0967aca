/** The conditions of a segment: alternatives, each of which is several that hold together; or as text, where they have another shape. */
import { useState } from 'preact/hooks';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { newLeaf, type ConditionDraft } from './condition-draft.ts';
import { LeafForm } from './leaf-form.tsx';
import { words } from './segments-words.ts';
import type { Segment } from './view.ts';

interface ConditionsProps {
  readonly groups: ConditionDraft;
  readonly change: (groups: ConditionDraft) => void;
  readonly fault: { readonly at: string; readonly message: string } | undefined;
}

export function Conditions({ groups, change, fault }: ConditionsProps) {
  const t = useWords(words);
  const changeGroup = (index: number, group: ConditionDraft[number]) =>
    change(groups.flatMap((one, place) => (place !== index ? [one] : group.length === 0 ? [] : [group])));
  return (
    <div class="segment-groups">
      {groups.map((group, index) => (
        // Their order is all that tells them apart.
        <fieldset key={index} class="segment-group">
          <legend>{index === 0 ? t.together : t.or}</legend>
          {group.map((leaf, place) => (
            <LeafForm
              key={place}
              leaf={leaf}
              error={errorAt(fault, groups, index, place)}
              change={(next) => changeGroup(index, group.with(place, next))}
              remove={groups.length === 1 && group.length === 1 ? undefined : () => changeGroup(index, group.toSpliced(place, 1))}
            />
          ))}
          <button type="button" class="console-plain" onClick={() => changeGroup(index, [...group, newLeaf()])}>
            {t.and}
          </button>
        </fieldset>
      ))}
      <button type="button" class="console-plain" onClick={() => change([...groups, [newLeaf()]])}>
        {t.alternative}
      </button>
    </div>
  );
}

/** `condition.any.1.all.0.days` belongs to the first condition of the second alternative. */
function errorAt(fault: ConditionsProps['fault'], groups: ConditionDraft, index: number, place: number): string | undefined {
  if (fault?.at.startsWith('condition') !== true) return undefined;
  const alternative = Number(/\bany\.(\d+)/.exec(fault.at)?.[1] ?? 0);
  const condition = Number(/\ball\.(\d+)/.exec(fault.at)?.[1] ?? 0);
  const field = /\.([a-zA-Z]+)$/.exec(fault.at)?.[1];
  const text = field === undefined || field === 'condition' ? fault.message : `${field}: ${fault.message}`;
  return groups.length > alternative && alternative === index && condition === place ? text : undefined;
}

interface TextProps {
  readonly condition: Segment['condition'] | undefined;
  readonly change: (condition: Segment['condition'] | undefined) => void;
  readonly error: string | undefined;
}

/** The one who answers validates it: here it only has to be JSON. */
export function ConditionText({ condition, change, error }: TextProps) {
  const t = useWords(words);
  const [text, setText] = useState(() => JSON.stringify(condition, undefined, 2));
  const take = (typed: string) => {
    setText(typed);
    change(read(typed));
  };
  return (
    <>
      <p class="small soft">{t.asText}</p>
      <TextField label={t.text} value={text} lines={10} onChange={take} error={read(text) === undefined ? t.notJson : error} />
    </>
  );
}

function read(text: string): Segment['condition'] | undefined {
  try {
    return JSON.parse(text) as Segment['condition'];
  } catch {
    return undefined;
  }
}
