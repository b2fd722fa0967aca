/** Asked before anything of a household is shown. */
import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { sayReason, type Reason } from './look-reason.ts';
import { words } from './words.ts';

const PURPOSES: readonly Reason['purpose'][] = ['call', 'case', 'complaint', 'asked-for'];
const LEAST = 3;
const MOST = 120;

export function WhyForm({ householdId }: { readonly householdId: string }) {
  const t = useWords(words);
  const [purpose, setPurpose] = useState<Reason['purpose']>('call');
  const [text, setText] = useState('');
  const isCase = purpose === 'case';
  const isEnough = text.trim().length >= LEAST;
  return (
    <Page title={t.whyTitle} lead={t.whyLead(householdId)} back={urls.console} backLabel={t.back}>
      <Card>
        <form
          class="console-why"
          onSubmit={(event) => {
            event.preventDefault();
            if (isEnough) sayReason(householdId, { purpose, ...(isCase ? { caseId: text.trim() } : { reason: text.trim() }) });
          }}
        >
          <Choice
            label={t.purpose}
            value={purpose}
            onChange={setPurpose}
            options={PURPOSES.map((value) => {
              const [label, hint] = t.purposes[value];
              return { value, label: label ?? value, hint };
            })}
          />
          <TextField label={isCase ? t.caseId : t.reason} value={text} onChange={setText} maxLength={MOST} />
          <div>
            <Button type="submit" disabled={!isEnough}>
              {t.whyGo}
            </Button>
          </div>
        </form>
      </Card>
    </Page>
  );
}
