/** The one place where a function counts and measures. What an invocation counted leaves as one line in CloudWatch's embedded metric format. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { DomainEvent } from '../../shared/events.ts';
import { countedAs, METRICS_NAMESPACE, type CountName, type SpanName } from '../../shared/metrics.ts';

const metrics = new Metrics({ namespace: METRICS_NAMESPACE });

export const count = (name: CountName, amount = 1): void => {
  if (amount > 0) metrics.addMetric(name, MetricUnit.Count, amount);
};

export const measure = (name: SpanName, millis: number): void => {
  metrics.addMetric(name, MetricUnit.Milliseconds, Math.max(0, millis));
};

export function countSaid(events: readonly DomainEvent[]): void {
  for (const event of events) {
    const name = countedAs(event);
    if (name !== undefined) count(name);
  }
}

/** At the end of an invocation, whether it went well or not; one that counted nothing writes nothing. */
export const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** For a handler of middy. */
export const publishingMetrics = { after: publishMetrics, onError: publishMetrics };
