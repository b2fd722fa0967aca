/** The second stack: what keeps the journey and reads it. The first one has the tables, the bus and the API, and knows nothing of this one. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Console } from './console.ts';
import { Journeys } from './journeys.ts';
import type { NachschubStack } from './nachschub-stack.ts';
import { JourneyOperations } from './operations.ts';

export interface JourneysStackProps extends StackProps {
  readonly first: NachschubStack;
}

export class JourneysStack extends Stack {
  constructor(scope: Construct, id: string, { first, ...props }: JourneysStackProps) {
    super(scope, id, props);
    const journeys = new Journeys(this, 'Journeys', first.house, first.identities);
    first.api.open(this, { 'collect-touchpoints': journeys.collectTouchpoints.function });
    const { journeyApi } = new Console(this, 'Console', first.house, first.identities);
    first.api.open(this, { 'journey-api': journeyApi.function });
    new JourneyOperations(this, 'JourneyOperations');
  }
}
