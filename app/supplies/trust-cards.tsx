/** Whether the sensor is believed, whether an item may be bought without asking, and what was bought and not needed. */
import { mayBuyAlone } from '../../shared/supply/automation/may-buy-alone.ts';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { trustWords } from './trust-words.ts';

type Supply = Answer<'readSupply'>;
type Automation = NonNullable<Supply['automation']>;

export const isDoubted = ({ sensor }: Supply): boolean => sensor?.reason !== undefined;

export function SensorNotice({ supply: { sensor, unit } }: { readonly supply: Supply }) {
  const t = useWords(trustWords);
  const f = useFormats();
  if (sensor?.reason === undefined) return null;
  const { reason, since, expected, found, countedAt } = sensor;
  const [says, thought] = [f.quantity(found ?? 0, unit), f.quantity(expected ?? 0, unit)];
  return (
    <Notice tone={countedAt === undefined ? 'warn' : 'plain'}>
      <strong>{t.doubt[reason](since === undefined ? '' : f.day(since))}.</strong>
      <p>
        {reason === 'swapped' ? t.steps(says, thought) : t.says(says, thought)} {countedAt === undefined ? t.ask : t.counted(f.dayAndTime(countedAt))}
      </p>
    </Notice>
  );
}

/** The mandate that names it, by product or by kind. */
function useMandate({ products, productLine }: Supply) {
  const { householdId } = useHousehold();
  const { data } = useResource('listMandates', { params: { householdId } });
  const gtins = products.map(({ gtin }) => gtin);
  const standing = data?.mandates.filter((one) => one.standing === 'active').map(({ mandate }) => mandate) ?? [];
  const byName = standing.find((mandate) => gtins.some((gtin) => mandate.gtins.includes(gtin)));
  const found = byName ?? standing.find(({ categories }) => categories?.includes(productLine));
  return { isKnown: data !== undefined, found: found && { grantedAt: found.evidence.grantedAt, namesProduct: byName !== undefined } };
}

export function AutomationCard({ supply, onDone }: { readonly supply: Supply; readonly onDone: () => void }) {
  const t = useWords(trustWords);
  const { automation } = supply;
  const { isKnown, found } = useMandate(supply);
  if (automation === undefined || !isKnown) return null;
  const { right, of } = automation;
  return (
    <Card title={t.alone}>
      <Standing automation={automation} isCovered={found !== undefined} isAlone={found !== undefined && mayBuyAlone(automation, found)} />
      {of > 0 && automation.standing !== 'earned' && <p class="soft">{t.score(right, of)}</p>}
      {found === undefined && <OfferMandate supply={supply} isEarned={automation.standing === 'earned'} />}
      {found !== undefined && !mayBuyAlone(automation, found) && <TrustButton supply={supply} onDone={onDone} />}
      {automation.cycles.length > 0 && <History cycles={automation.cycles} />}
    </Card>
  );
}

function Standing({ automation, isCovered, isAlone }: { readonly automation: Automation; readonly isCovered: boolean; readonly isAlone: boolean }) {
  const t = useWords(trustWords);
  const f = useFormats();
  const { standing, right, of, wanted, withdrawnAt } = automation;
  if (isAlone) return <p>{t.covered}</p>;
  if (standing === 'withdrawn') return <p>{t.withdrawn(withdrawnAt === undefined ? '' : f.day(withdrawnAt))}</p>;
  if (isCovered) return <p>{t.asksYet}</p>;
  if (standing === 'earned') return <p>{t.offer(right, of)}</p>;
  // A wrong one has to leave the last few before it can be offered.
  return <p>{of === 0 ? t.noScore : right === of && of < wanted ? t.missing(wanted - of) : t.notYet}</p>;
}

function OfferMandate({ supply: { products, actions }, isEarned }: { readonly supply: Supply; readonly isEarned: boolean }) {
  const t = useWords(trustWords);
  if (!actions.some(({ action, allowed }) => action === 'trust' && allowed)) return null;
  return (
    <div>
      <Button kind={isEarned ? 'primary' : 'quiet'} href={urls.newMandateFor(products.map(({ gtin }) => gtin))}>
        {isEarned ? t.letUs : t.already}
      </Button>
    </div>
  );
}

function TrustButton({ supply, onDone }: { readonly supply: Supply; readonly onDone: () => void }) {
  const t = useWords(trustWords);
  const { householdId } = useHousehold();
  const { busy, problem, run } = useSending();
  const trust = () =>
    run(async () => {
      await send('trustSupply', { params: { householdId, supplyId: supply.supplyId } });
      onDone();
    });
  if (!supply.actions.some(({ action, allowed }) => action === 'trust' && allowed)) return null;
  return (
    <div>
      <Button kind="quiet" busy={busy} onClick={() => void trust()}>
        {t.trust}
      </Button>
      {problem !== undefined && <Trouble problem={problem} />}
    </div>
  );
}

const isRight = (verdict: Automation['cycles'][number]['verdict']): boolean => verdict === 'bought' || verdict === 'bought-elsewhere';

function History({ cycles }: { readonly cycles: Automation['cycles'] }) {
  const t = useWords(trustWords);
  const f = useFormats();
  return (
    <details>
      <summary>{t.history}</summary>
      <Rows>
        {cycles.toReversed().map(({ cycle, at, verdict }) => (
          <Row key={cycle} label={t.verdict[verdict]} aside={<Tag tone={isRight(verdict) ? 'good' : 'warn'}>{isRight(verdict) ? t.right : t.wrong}</Tag>}>
            {f.day(at)}
          </Row>
        ))}
      </Rows>
    </details>
  );
}

const CAUSES = ['spoiled', 'returned', 'cancelled', 'overstocked'] as const;

export function RegretCard({ supply: { regret, unit, settings } }: { readonly supply: Supply }) {
  const t = useWords(trustWords);
  const f = useFormats();
  if (regret === undefined) return null;
  const causes = CAUSES.filter((cause) => regret[cause] > 0).map((cause) => t.cause[cause](f.quantity(regret[cause], unit)));
  return (
    <Card title={t.regretTitle}>
      <p>{t.regret(f.percent(regret.share), causes.join(', '))}</p>
      <p>
        {t.smaller(f.percent(regret.coverFactor))} {regret.serviceLevel < settings.serviceLevel && t.later}
      </p>
    </Card>
  );
}
