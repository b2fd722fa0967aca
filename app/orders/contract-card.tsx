import { useRef, useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { instantAt } from '../api/clock.ts';
import type { Answer } from '../api/contract-types.ts';
import { newId } from '../api/ids.ts';
import { Confirmation } from '../declare/confirmation.tsx';
import { Receipt } from '../declare/receipt.tsx';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Stepper } from '../design/choice.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import type { FollowView } from './view.ts';
import { withdrawalLabels } from './withdrawal-labels.ts';
import { words } from './words.ts';

const MINUTE = 60_000;

interface ContractCardProps {
  readonly view: FollowView;
  readonly reload: () => Promise<void>;
}

const reasonsIn = ({ lines }: FollowView, reasons: Readonly<Record<string, string>>): string =>
  [...new Set(lines.flatMap(({ withdrawal }) => reasons[withdrawal] ?? []))].join('; ');

/** The withdrawal function on the order itself; it is there as long as the period, and only absent where no line has the right. */
export function ContractCard({ view, reload }: ContractCardProps) {
  const t = useWords(words);
  const formats = useFormats();
  const [isSecond, setSecond] = useState(false);
  const [receipt, setReceipt] = useState<Answer<'withdrawContract'>>();
  const { contract } = view;
  const action = view.actions.find((one) => one.action === 'withdraw-contract');
  const done = (given: Answer<'withdrawContract'>) => {
    setReceipt(given);
    void reload();
  };
  // The period ends at midnight, which people call the end of the day before.
  const lastDay = contract.until && formats.day(instantAt(Date.parse(contract.until) - MINUTE));
  if (receipt !== undefined) return <Receipt title={t.receiptTitle} {...receipt} />;
  if (action?.reason === 'no-contract') return null;
  if (!contract.hasRight) {
    return (
      <Card title={t.contract}>
        <p>{t.noRight(reasonsIn(view, t.noRightBecause))}</p>
      </Card>
    );
  }
  const until = lastDay === undefined ? t.contractBefore : t.contractUntil(lastDay);
  return (
    <Card title={t.contract} id="withdraw">
      {action?.reason === 'all-withdrawn' && <Notice tone="good">{t.contractAll}</Notice>}
      {action?.reason === 'period-over' && <p>{lastDay !== undefined && t.contractOver(lastDay)}</p>}
      {contract.withdrawn.length > 0 && (
        <div>
          <p>{t.contractSome}</p>
          <ul>
            {contract.withdrawn.flatMap(({ declarationId, declaredAt, lines }) =>
              lines.map(({ gtin, packs, title }) => (
                <li key={`${declarationId} ${gtin}`}>
                  {packs} × {title}, {formats.dayAndTime(declaredAt)}
                </li>
              )),
            )}
          </ul>
        </div>
      )}
      {action?.allowed === true && !isSecond && (
        <>
          <p>{until}</p>
          <Button kind="quiet" onClick={() => setSecond(true)}>
            {withdrawalLabels[language.value].first}
          </Button>
        </>
      )}
      {action?.allowed === true && isSecond && <Confirm view={view} onBack={() => setSecond(false)} onDone={done} />}
    </Card>
  );
}

interface ConfirmProps {
  readonly view: FollowView;
  readonly onBack: () => void;
  readonly onDone: (receipt: Answer<'withdrawContract'>) => void;
}

function Confirm({ view, onBack, onDone }: ConfirmProps) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { left } = view.contract;
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  // Named before it is sent, and the same when it is sent again.
  const declarationId = useRef(newId('dec'));
  const packsOf = ({ gtin, packs }: (typeof left)[number]) => chosen[gtin] ?? packs;
  const lines = left.map((line) => ({ gtin: line.gtin, packs: packsOf(line) })).filter(({ packs }) => packs > 0);
  const declare = async () => {
    const params = { householdId, orderId: view.orderId, declarationId: declarationId.current };
    onDone(await send('withdrawContract', { params, body: { language: language.value, lines } }));
  };
  return (
    <Confirmation label={withdrawalLabels[language.value].second} disabled={lines.length === 0} declare={declare} onBack={onBack}>
      <p>{t.contractStep}</p>
      {left.map((line) => (
        <div key={line.gtin}>
          <span>{line.title}</span>
          <Stepper
            label={line.title}
            value={packsOf(line)}
            min={0}
            max={line.packs}
            text={`${packsOf(line)} / ${line.packs}`}
            onChange={(packs) => setChosen({ ...chosen, [line.gtin]: packs })}
          />
        </div>
      ))}
      <p class="small soft">{t.contractStepText}</p>
    </Confirmation>
  );
}
