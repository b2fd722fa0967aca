/** What a run asks of its screen, and what it tells it once people live there. */
import type { ScenarioHousehold } from '../../scenario/household.ts';
import type { CloudChild } from '../cloud-child.ts';

export interface Live {
  readonly url: string;
  readonly cloud: Pick<CloudChild, 'pause' | 'resume' | 'skip'>;
  readonly apiUrl: string;
  readonly households: readonly ScenarioHousehold[];
  /** The household that waits for the person at the screen; the others answer by themselves. */
  readonly answeredByHand: string | undefined;
  /** The households for which a person answers now, that one and those of whoever uses the app. */
  readonly whoAnswers: () => readonly string[];
  readonly tokenFile: (memberId: string) => string;
  readonly cutLine: (cut: boolean) => void;
}

export interface Screen {
  step(text: string): void;
  note(line: string): void;
  live(live: Live): void;
  readonly quit: Promise<void>;
  close(): void;
}
