/** What came back from a shop, in both languages. */
import type { ShopAnswer } from './call.ts';
import { words, type Words } from './expected.ts';

export const inWords = (answer: ShopAnswer): Words =>
  answer.kind === 'answered'
    ? words(`answered ${answer.status} after ${answer.millis} ms`, `antwortete ${answer.status} nach ${answer.millis} ms`)
    : silence(answer.reason);

const silence = (reason: string): Words =>
  words(
    reason,
    reason.replace('we hung up', 'wir haben aufgelegt').replace('no answer within', 'keine Antwort innerhalb von').replace('no answer', 'keine Antwort'),
  );
