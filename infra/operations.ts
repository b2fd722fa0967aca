/** What the people who run it look at: a dashboard in the order of the flow, one of the journey, and the alarm on the doors over HTTP. */
import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Dashboard, GraphWidget, MathExpression, Metric, Stats, TextWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE, metricOfEvent, metricOfMessage, metricOfReading, type CountName, type SpanName } from '../shared/metrics.ts';
import { alertWhen } from './construct/alert.ts';
import { DeadLetters } from './construct/dead-letters.ts';
import { HouseFunction, QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';

/** As in README's table; a function that is not named here stands at the end. */
const flow = [
  ...['ingest-telemetry', 'follow-presence', 'answer-sync', 'run-due', 'review-supply', 'propose-order', 'decide-order', 'household-api', 'deliver-webhook'],
  ...[
    'retailer-api',
    'reconcile-order',
    'follow-supply',
    'record-touchpoint',
    'collect-touchpoints',
    'update-journey',
    'deliver-subscription',
    'tally-journeys',
    'run-automation',
  ],
  ...['notify-household', 'update-display', 'authorize-app', 'disconnect-member', 'publish-events', 'describe-api'],
];
const PERIOD = Duration.minutes(5);
const WIDTH = 24;
const THIRD = WIDTH / 3;

export class Operations extends Construct {
  constructor(scope: Construct, id: string, house: House, api: HttpApi) {
    super(scope, id);
    alertWhen(this, 'ServerErrorAlarm', {
      text: 'The HTTP API answers with errors of our own: people in the app and shops with an answer are turned away. Shops try again for three days; people do not.',
      metric: api.metricServerError({ period: PERIOD, statistic: Stats.SUM }),
      threshold: 5,
      periods: 2,
      alerts: house.alerts,
    });
    const { functions, letters } = watchedIn(this);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(12) });
    dashboard.addWidgets(new TextWidget({ width: WIDTH, height: 2, markdown: introduction }));
    dashboard.addWidgets(...business());
    dashboard.addWidgets(...doors(house, api, letters));
    for (const one of functions) dashboard.addWidgets(...stage(one));
  }
}

/** A dashboard of its own: the first stack must not hang on what the second one holds. */
export class JourneyOperations extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { functions, letters } = watchedIn(this);
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(12) });
    dashboard.addWidgets(new TextWidget({ width: WIDTH, height: 2, markdown: journeyIntroduction }));
    dashboard.addWidgets(collected(), refused(letters));
    for (const one of functions) dashboard.addWidgets(...stage(one));
  }
}

/** In the stack of these operations. */
function watchedIn(operations: Construct): { readonly functions: readonly HouseFunction[]; readonly letters: readonly DeadLetters[] } {
  const everything = Stack.of(operations).node.findAll();
  return {
    functions: everything.filter((construct) => construct instanceof HouseFunction).sort((a, b) => placeOf(a.name) - placeOf(b.name)),
    letters: everything.filter((construct) => construct instanceof DeadLetters),
  };
}

const journeyIntroduction = [
  '**The journey.** What nobody could work off, then each function that keeps or reads what happens, with its queue.',
  'What comes before stands on the dashboard of the stack `Nachschub`; what to do about an alarm in `docs/guides/operate.md`.',
].join('\n\n');

const introduction = [
  '**Nachschub, in the order of its flow.** First what the household sees, then the doors and what nobody could work off, then each function with its queue.',
  'What to do about an alarm stands in `docs/guides/operate.md`.',
].join('\n\n');

const placeOf = (name: string): number => (flow.includes(name) ? flow.indexOf(name) : flow.length);

/** Over all functions that count it. */
const counted = (name: CountName | SpanName, statistic: 'Sum' | 'p50' | 'p99' = 'Sum'): IMetric =>
  new MathExpression({
    expression: `${statistic === 'Sum' ? 'SUM' : 'MAX'}(SEARCH('{${METRICS_NAMESPACE},service} MetricName="${name}"', '${statistic}', ${String(PERIOD.toSeconds())}))`,
    label: statistic === 'Sum' ? name : `${name} ${statistic}`,
    period: PERIOD,
    usingMetrics: {},
  });

const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []): IWidget =>
  new GraphWidget({ title, width: THIRD, height: 6, left: [...left], right: [...right] });

const business = (): IWidget[] => {
  const { 'supply.low': needs, 'webhook.failed': failures, ...orders } = metricOfEvent;
  const abandoned = new Metric({ namespace: METRICS_NAMESPACE, metricName: 'WebhookAbandoned', statistic: Stats.SUM, period: PERIOD });
  return [
    graph(
      'Readings, and how long until they count (ms)',
      Object.values(metricOfReading).map((name) => counted(name)),
      [counted('ReadingLag', 'p50'), counted('ReadingLag', 'p99')],
    ),
    graph(
      'Needs, and orders by what became of them',
      [needs, ...Object.values(orders)].map((name) => counted(name)),
    ),
    graph('Messages to shops', [counted('WebhookAttempts'), counted(failures), abandoned]),
  ];
};

const doors = ({ tables, bus }: House, api: HttpApi, letters: readonly DeadLetters[]): IWidget[] => [
  graph(
    'HTTP',
    [api.metricCount({ period: PERIOD }), api.metricClientError({ period: PERIOD }), api.metricServerError({ period: PERIOD })],
    [api.metricLatency({ period: PERIOD, statistic: Stats.p(99) })],
  ),
  refused(letters),
  graph('Tables and bus that refuse', [tables.households, tables.retailers, tables.journeys].map(throttled), [
    new Metric({
      namespace: 'AWS/Events',
      metricName: 'FailedInvocations',
      dimensionsMap: { EventBusName: bus.eventBusName },
      statistic: Stats.SUM,
      period: PERIOD,
    }),
  ]),
];

const collected = (): IWidget =>
  graph(
    'Messages from outside',
    Object.values(metricOfMessage).map((name) => counted(name)),
  );

const refused = (letters: readonly DeadLetters[]): IWidget =>
  graph(
    'What nobody could work off',
    letters.map(({ queue, node }) =>
      queue.metricApproximateNumberOfMessagesVisible({ label: node.path.split('/').slice(1).join(' '), period: PERIOD, statistic: Stats.MAXIMUM }),
    ),
    [counted('MessagesFailed')],
  );

/** Over all operations of a table. */
const throttled = ({ tableName, node }: House['tables']['households']): IMetric =>
  new MathExpression({
    expression: `SUM(SEARCH('{AWS/DynamoDB,Operation,TableName} MetricName="ThrottledRequests" TableName="${tableName}"', 'Sum', ${String(PERIOD.toSeconds())}))`,
    label: `${node.id} throttled`,
    period: PERIOD,
    usingMetrics: {},
  });

function stage(one: HouseFunction): IWidget[] {
  const { function: run, name } = one;
  const calls = graph(name, [run.metricInvocations({ period: PERIOD }), run.metricErrors({ period: PERIOD }), run.metricThrottles({ period: PERIOD })]);
  const spans = graph(`${name}: milliseconds a call`, [
    run.metricDuration({ period: PERIOD, statistic: Stats.p(50) }),
    run.metricDuration({ period: PERIOD, statistic: Stats.p(99) }),
  ]);
  if (!(one instanceof QueueWorker)) return [calls, spans];
  const { queue } = one.inbox;
  const waiting = graph(
    `${name}: what waits, and for how many seconds`,
    [queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD })],
    [queue.metricApproximateAgeOfOldestMessage({ period: PERIOD })],
  );
  return [calls, spans, waiting];
}
