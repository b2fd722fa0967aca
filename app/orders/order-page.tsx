import './orders.css';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { ReportProblem } from '../cases/report-problem.tsx';
import { words as caseWords } from '../cases/words.ts';
import { SurveyLater } from '../surveys/survey-later.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { CancelCard } from './cancel-card.tsx';
import { StuckCard } from './stuck-card.tsx';
import { ContractCard } from './contract-card.tsx';
import { PartStanding, PaymentStanding, RefundStanding } from './money-standing.tsx';
import { GoodsCard } from './goods-card.tsx';
import { Questions } from './question-card.tsx';
import { Timeline } from './timeline.tsx';
import { isStatus, toneOf, type FollowView } from './view.ts';
import { words } from './words.ts';

export default function OrderPage() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const orderId = useParam('orderId');
  const { data, problem, reload } = useResource('followOrder', { params: { householdId, orderId } });
  return (
    <Page title={data === undefined ? t.title : t.order(data.shop.name)} back={urls.orders} backLabel={t.back} lead={data && <Lead view={data} />}>
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && <Followed key={orderId} view={data} reload={reload} />}
    </Page>
  );
}

function Lead({ view: { status, deliveryAt, deliveredAt } }: { readonly view: FollowView }) {
  const t = useWords(words);
  const formats = useFormats();
  const isOver = ['rejected', 'cancelled'].includes(status);
  return (
    <>
      {isStatus(status) && <Tag tone={toneOf(status)}>{t.status[status]}</Tag>}{' '}
      {deliveredAt !== undefined
        ? t.delivered(formats.dayAndTime(deliveredAt))
        : deliveryAt !== undefined && !isOver
          ? t.expected(formats.day(deliveryAt))
          : null}
    </>
  );
}

interface FollowedProps {
  readonly view: FollowView;
  readonly reload: () => Promise<void>;
}

function Followed({ view, reload }: FollowedProps) {
  const t = useWords(words);
  const can = (action: FollowView['actions'][number]['action']) => view.actions.find((one) => one.action === action);
  return (
    <div class="columns">
      <div class="stack">
        {can('decide')?.allowed === true && view.status === 'awaiting-approval' && (
          <Notice tone="warn">
            <p>{t.waiting}</p>
            <div>
              <Button href={urls.approval(view.orderId)}>{t.answerNow}</Button>
            </div>
          </Notice>
        )}
        <Questions view={view} reload={reload} />
        <PaymentStanding view={view} />
        <CancelStanding view={view} />
        <PartStanding view={view} />
        <RefundStanding view={view} />
        {view.problems.length > 0 && (
          <Notice tone="warn">
            <strong>{t.problems}</strong>
            <p>{t.problemsText}</p>
          </Notice>
        )}
        <Card title={t.timeline}>
          <Timeline view={view} />
        </Card>
      </div>
      <div class="stack">
        {view.status === 'delivered' && <SurveyLater orderId={view.orderId} />}
        <GoodsCard view={view} />
        <ContractCard view={view} reload={reload} />
        <StuckCard view={view} reload={reload} />
        <CancelCard view={view} reload={reload} />
        {can('report-problem')?.allowed === true && <ReportProblem about={{ kind: 'order', orderId: view.orderId }} />}
        <Cases view={view} />
      </div>
    </div>
  );
}

/** What holds after somebody asked to cancel, in one sentence. */
function CancelStanding({ view: { cancelRequest, status } }: { readonly view: FollowView }) {
  const t = useWords(words);
  if (cancelRequest === undefined) return null;
  if (status === 'cancelled') return <Notice tone="good">{t.cancelDone}</Notice>;
  if (cancelRequest.refused !== undefined) return <Notice tone="warn">{t.cancelRefused(cancelRequest.refused.reason)}</Notice>;
  if (status === 'shipped' || status === 'delivered') return <Notice tone="warn">{t.cancelOvertaken}</Notice>;
  return status === 'rejected' ? null : <Notice tone="accent">{t.cancelWaiting}</Notice>;
}

function Cases({ view: { cases } }: { readonly view: FollowView }) {
  const t = useWords(words);
  const tCase = useWords(caseWords);
  const formats = useFormats();
  if (cases.length === 0) return null;
  return (
    <Card title={t.cases}>
      <Rows>
        {cases.map(({ caseId, kind, status, openedAt }) => (
          <Row
            key={caseId}
            href={urls.case(caseId)}
            label={tCase.kinds[kind]}
            aside={<Tag tone={status === 'answered' ? 'warn' : 'plain'}>{tCase.status[status]}</Tag>}
          >
            {formats.dayAndTime(openedAt)}
          </Row>
        ))}
      </Rows>
    </Card>
  );
}
