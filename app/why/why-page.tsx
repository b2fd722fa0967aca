import './why.css';
import { useResource } from '../api/client.ts';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { Approval, Decided } from './decided.tsx';
import type { OrderView } from './figures.ts';
import { Needs } from './needs.tsx';
import { Prices, Shops } from './shops.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';
import { words } from './words.ts';

export default function WhyPage() {
  const t = useWords(words);
  const f = useFormats();
  const { householdId } = useHousehold();
  const orderId = useParam('orderId');
  const order = useResource('readOrder', { params: { householdId, orderId } });
  const { data, problem } = order;
  return (
    <Page title={t.title} back={urls.order(orderId)} lead={data && t.lead(f.dayAndTime(data.record.proposal.at))}>
      {data === undefined ? problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void order.reload()} /> : <Reasons view={data} />}
    </Page>
  );
}

const Reasons = ({ view }: { readonly view: OrderView }) => (
  <>
    <Needs view={view} />
    <Shops view={view} />
    <Prices view={view} />
    <Decided view={view} />
    <Approval view={view} />
    <WhatIfPanel key={view.order.orderId} view={view} />
  </>
);
