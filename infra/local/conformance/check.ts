/** One thing that a shop has to do, and how it is seen whether it does. */
import type { ConformanceCheck } from '../../../shared/retailer/conformance.ts';
import type { ShopAnswer } from './call.ts';
import type { Bench } from './bench.ts';
import { words, type Words } from './expected.ts';

export type Outcome = {
  readonly passed: boolean;
  /** What the shop did. */ readonly came: Words;
  /** What somebody should change or look at. */ readonly advice?: Words;
};
export interface Check {
  readonly check: ConformanceCheck;
  readonly run: (bench: Bench) => Promise<Outcome>;
}

export const passed = (came: Words): Outcome => ({ passed: true, came });
export const failed = (came: Words, advice: Words): Outcome => ({ passed: false, came, advice });

export const isTaken = (answer: ShopAnswer): boolean => answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
/** A clear no: silence or a 5xx would be tried again, and a redirect is nobody's no. */
export const isRefused = (answer: ShopAnswer): boolean => answer.kind === 'answered' && answer.status >= 400 && answer.status < 500;

/** Something is said of a part of what was done. */
export const about = (en: string, de: string, what: Words): Words => words(`${en}: ${what.en}`, `${de}: ${what.de}`);
export const allOf = (each: readonly Words[]): Words => words(each.map(({ en }) => en).join('; '), each.map(({ de }) => de).join('; '));
