/** What somebody who speaks for a household is told, and the doors that they knock at. */
import type { Instant } from '../../shared/values.ts';
import type { Reply } from '../ask-api.ts';
import type { LifeLine } from './life-lines.ts';
import type { SurveyKind } from './mood.ts';

export interface Told {
  readonly messageId: string;
  readonly kind: string;
  readonly orderId?: string | undefined;
  readonly at?: Instant | undefined;
}
interface AskedNow {
  readonly surveyId: string;
  readonly kind: SurveyKind;
}
export interface HomeDoors {
  readonly survey: () => Promise<Reply<AskedNow | undefined>>;
  readonly answerSurvey: (surveyId: string, content: object) => Promise<Reply<undefined>>;
  readonly openCase: (caseId: string, content: object) => Promise<Reply<undefined>>;
  readonly caseStatus: (caseId: string) => Promise<Reply<string>>;
  readonly writeInCase: (caseId: string, content: object) => Promise<Reply<undefined>>;
  readonly solveCase: (caseId: string) => Promise<Reply<undefined>>;
  readonly promisedAt: (orderId: string) => Promise<Instant | undefined>;
}
export interface CustomerSurroundings {
  /** Whether somebody asks now and then how things are; true unless told. */
  readonly hasPanel?: boolean;
  readonly seed: number;
  readonly householdId: string;
  /** Product milliseconds. */
  readonly startsAt: number;
  readonly doors: HomeDoors;
  isHere(): boolean;
  record(lines: readonly LifeLine[]): Promise<void>;
}
