/** Parts of a segment in which something else is more frequent: one tap makes one a sub-segment. */
import { useState } from 'preact/hooks';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/choice.tsx';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { words } from './segments-words.ts';
import type { Segment } from './view.ts';

interface SplitsProps {
  readonly segment: Segment;
  readonly segments: readonly Segment[];
  readonly takeOver: (condition: Segment['condition']) => void;
}

export function Splits({ segment, segments, takeOver }: SplitsProps) {
  const t = useWords(words);
  const formats = useFormats();
  const others = segments.filter((one) => one.segment !== segment.segment && one.parent !== segment.segment);
  const [outcome, setOutcome] = useState(others[0]?.segment ?? '');
  const [found, setFound] = useState<Answer<'proposeSplits'>>();
  const { busy, problem, run } = useSending();
  const asked = others.find((one) => one.segment === outcome);
  const propose = () =>
    run(async () => {
      if (asked === undefined) return;
      setFound(await send('proposeSplits', { body: { within: segment.segment, outcome: asked.condition, lookedAt: 'all', language: language.value } }));
    });
  return (
    <details class="console-details">
      <summary>{t.parts}</summary>
      <div class="stack-tight">
        <Select
          label={t.outcome}
          hint={t.outcomeHint}
          value={outcome}
          options={others.map((one) => ({ value: one.segment, label: one.name[language.value] }))}
          onChange={setOutcome}
        />
        <div>
          <Button kind="quiet" busy={busy} disabled={asked === undefined} onClick={() => void propose()}>
            {t.propose}
          </Button>
        </div>
        {problem !== undefined && <ConsoleTrouble problem={problem} />}
        {found !== undefined && (
          <div aria-live="polite" class="stack-tight">
            <p class="small soft">
              {t.judged(found.having, found.judged)} {found.splits.length === 0 && t.noParts}
            </p>
            <ul class="console-list">
              {found.splits.map(({ condition, inWords, lift, rate, group }) => (
                <li key={inWords}>
                  <strong>{inWords}</strong>
                  <span>{t.lift(formats.number(Math.round(lift * 10) / 10), formats.percent(rate), group)}</span>
                  <div>
                    <button type="button" class="console-plain" onClick={() => takeOver(condition)}>
                      {t.takeOver}
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </details>
  );
}
