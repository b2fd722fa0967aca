/** The two stacks as they are deployed: `infra/main.ts` and everybody who looks at templates makes them here. */
import type { App, Environment } from 'aws-cdk-lib';
import { JourneysStack } from './journeys-stack.ts';
import { NachschubStack } from './nachschub-stack.ts';

export interface BothStacksProps {
  readonly env: Environment;
  /** Shops whose machines read our API with a client of their own. */
  readonly retailers?: readonly string[];
}

export function makeBothStacks(app: App, { env, retailers = [] }: BothStacksProps): { readonly nachschub: NachschubStack; readonly journeys: JourneysStack } {
  const nachschub = new NachschubStack(app, 'Nachschub', { description: 'Lets connected things buy', env, retailers });
  const journeys = new JourneysStack(app, 'NachschubJourneys', { description: 'Keeps what happens between households and the company', env, first: nachschub });
  return { nachschub, journeys };
}
