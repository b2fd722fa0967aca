/** The deciders themselves, run here: the same code that made the order, with what the sliders suppose. */
import { useMemo, useState } from 'preact/hooks';
import { whatIf, type Supposed, type WhatIf } from '../../shared/order/mandate/what-if.ts';
import { euros } from '../../shared/values.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Field } from '../design/field.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { noFigures, figuresOf, type OrderView } from './figures.ts';
import { useSupplyName } from './needs.tsx';
import { ruleInWords, ruleWords } from './rule-words.ts';
import { shopName } from './shops.tsx';
import { words } from './words.ts';

const LEAD = { min: 0.2, max: 14, step: 0.1 };
const PRICE = { min: 50, max: 200, step: 1 };
const CAP_STEP = 100;

export function WhatIfPanel({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const { record } = view;
  const [supposed, setSupposed] = useState<Supposed>({});
  const found = useMemo(() => whatIf(record, supposed), [record, supposed]);
  const meanDays = record.proposal.needs[0]?.snapshot.leadTime.meanDays;
  const cap = record.decision?.mandates[0]?.perOrderMax.amountMinor;
  const isMoved = Object.keys(supposed).length > 0;
  return (
    <Card title={t.whatIf} id="what-if">
      <p class="soft">{t.whatIfText}</p>
      {meanDays !== undefined && (
        <Slider
          {...LEAD}
          label={t.leadDays}
          value={supposed.leadTimeDays ?? meanDays}
          text={f.number(supposed.leadTimeDays ?? meanDays)}
          onChange={(leadTimeDays) => setSupposed({ ...supposed, leadTimeDays })}
        />
      )}
      <Slider
        {...PRICE}
        label={t.priceLevel}
        value={supposed.pricePercent ?? 100}
        text={f.percent((supposed.pricePercent ?? 100) / 100)}
        onChange={(pricePercent) => setSupposed({ ...supposed, pricePercent })}
      />
      {cap !== undefined && (
        <Slider
          min={0}
          max={Math.max(cap * 3, 5_000)}
          step={CAP_STEP}
          label={t.cap}
          value={supposed.perOrderMaxMinor ?? cap}
          text={f.money(euros(supposed.perOrderMaxMinor ?? cap))}
          onChange={(perOrderMaxMinor) => setSupposed({ ...supposed, perOrderMaxMinor })}
        />
      )}
      <div role="status" class="stack-tight">
        {!isMoved && (
          <Notice tone={found.isAsRecorded ? 'good' : 'bad'}>
            <strong>{found.isAsRecorded ? t.same : t.then}</strong>
            <p>{found.isAsRecorded ? t.sameText : t.notSameText}</p>
          </Notice>
        )}
        <Then view={view} found={found} supposed={supposed} />
      </div>
      <div>
        <Button kind="quiet" disabled={!isMoved} onClick={() => setSupposed({})}>
          {t.reset}
        </Button>
      </div>
    </Card>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

const Slider = ({ label, value, text, min, max, step, onChange }: SliderProps) => (
  <Field label={`${label}: ${text}`}>
    {(bound) => (
      <input
        {...bound}
        class="slider"
        type="range"
        {...{ min, max, step, value }}
        aria-valuetext={text}
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
    )}
  </Field>
);

interface ThenProps {
  readonly view: OrderView;
  readonly found: WhatIf;
  readonly supposed: Supposed;
}

function Then({ view, found, supposed }: ThenProps) {
  const t = useWords(words);
  const r = useWords(ruleWords);
  const f = useFormats();
  const nameOf = useSupplyName(view);
  const { quote, choice, needs } = found;
  const { decision } = view.record;
  const goods = quote?.lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ') ?? '';
  const tried = choice?.tried[0];
  const recorded = decision?.mandates.find(({ mandateId }) => mandateId === tried?.mandateId);
  const mandate = recorded && { ...recorded, ...(supposed.perOrderMaxMinor !== undefined && { perOrderMax: euros(supposed.perOrderMaxMinor) }) };
  const figures = mandate && decision && quote ? figuresOf(mandate, decision, quote, shopName(view, quote.retailerId), f) : noFigures;
  const inTheWay = choice?.rulesFailed.map(({ rule }) => ruleInWords(rule, figures, r)).join('; ');
  return (
    <>
      <p>
        <strong>{t.then}: </strong>
        {quote !== undefined && t.wouldOrder(goods, shopName(view, quote.retailerId), f.money(quote.total))}
        {quote === undefined && (needs.some(({ isLow }) => isLow) ? t.wouldNobody : t.wouldNotYet)}
      </p>
      {choice !== undefined && <p>{choice.mandateId === undefined ? t.wouldAsk : t.wouldCover}</p>}
      {inTheWay !== undefined && inTheWay !== '' && <p class="small soft">{t.failing(inTheWay)}</p>}
      {needs.map(({ supplyId, snapshot }) => (
        <p key={supplyId} class="small soft">
          {t.wouldReorder(nameOf(supplyId), f.quantity(snapshot.reorderPoint, snapshot.unit))}
        </p>
      ))}
    </>
  );
}
