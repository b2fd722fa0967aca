import { dietTags, type DietTag } from '../../shared/household/diet.ts';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Card, Notice } from '../design/card.tsx';
import { Switch } from '../design/choice.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { careWords } from './care-words.ts';
import './supplies.css';

/** Each tick is sent as it is made: there is nothing to forget to save. */
export default function DietPage() {
  const t = useWords(careWords);
  const { householdId, overview, mayAct, reload } = useHousehold();
  const { problem, run } = useSending(reload);
  const avoid = overview.household.avoid ?? [];
  const tick = (tag: DietTag, isAvoided: boolean) => {
    const others = avoid.filter((one) => one !== tag);
    return run(() => send('changeDiet', { params: { householdId }, body: { avoid: isAvoided ? [...others, tag] : others } }));
  };
  return (
    <Page title={t.dietTitle} back={urls.supplies} backLabel={t.back} lead={t.dietLead}>
      <Notice tone="warn">{t.dietWarning}</Notice>
      {problem !== undefined && <Trouble problem={problem} />}
      <Card>
        <div class="switches">
          {dietTags.map((tag) => (
            <Switch key={tag} label={t.tags[tag]} checked={avoid.includes(tag)} disabled={!mayAct} onChange={(isAvoided) => void tick(tag, isAvoided)} />
          ))}
        </div>
      </Card>
    </Page>
  );
}
