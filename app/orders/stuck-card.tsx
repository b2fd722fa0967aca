import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import type { FollowView } from './view.ts';
import { words } from './words.ts';

/** A shop that could not be reached in time: waiting on is one choice, and nobody but the household makes it. */
export function StuckCard({ view, reload }: { readonly view: FollowView; readonly reload: () => Promise<void> }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  const { orderId, shop } = view;
  if (view.actions.find(({ action }) => action === 'order-elsewhere')?.allowed !== true) return null;
  const orderElsewhere = () => run(() => send('cancelOrder', { params: { householdId, orderId }, body: { reason: 'order-elsewhere' } }));
  return (
    <Card title={t.stuckTitle}>
      <p class="soft">{t.stuckText(shop.name)}</p>
      {problem !== undefined && (problem.status === 409 ? <Notice tone="warn">{t.refused}</Notice> : <Trouble problem={problem} />)}
      <div>
        <Button kind="primary" busy={busy} onClick={() => void orderElsewhere()}>
          {t.orderElsewhere}
        </Button>
      </div>
    </Card>
  );
}
