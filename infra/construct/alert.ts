/** An alarm as this house has them: its text says what is wrong and what that means to a person, and silence is no alarm. */
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface Alert {
  readonly text: string;
  readonly metric: IMetric;
  /** Rings when the metric is this much, or more, in each of so many periods. */
  readonly threshold: number;
  readonly periods: number;
  readonly alerts: ITopic;
}

export const alertWhen = (scope: Construct, id: string, { text, metric, threshold, periods, alerts }: Alert): void =>
  new Alarm(scope, id, {
    alarmDescription: text,
    metric,
    threshold,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(alerts));
