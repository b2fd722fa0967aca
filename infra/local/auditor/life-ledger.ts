/** What simulated people did beside orders, from their own ledger: what systems told of them, what they answered and allowed, and how they really felt. */
import path from 'node:path';
import { z } from 'zod';
import { instantSchema, type Instant } from '../../../shared/values.ts';
import { readLines } from './lines.ts';

const at = instantSchema;
const about = { at, householdId: z.string() };
const schemas = {
  /** What came from outside: from which source, and where it has to stand. Of an older run neither is known. */
  sent: z.object({ at, kind: z.literal('sent'), messageId: z.string(), source: z.string().default('src_website'), node: z.string().optional() }),
  taken: z.object({ at, kind: z.literal('taken'), messageId: z.string() }),
  survey: z.object({ ...about, kind: z.literal('survey'), surveyId: z.string(), answer: z.union([z.number(), z.literal('skip')]) }),
  surveyTaken: z.object({ ...about, kind: z.literal('survey-taken'), surveyId: z.string(), status: z.int() }),
  mood: z.object({ ...about, kind: z.literal('mood'), value: z.number() }),
  panel: z.object({ ...about, kind: z.literal('panel'), answerId: z.string(), score: z.number() }),
  answered: z.object({ ...about, kind: z.literal('answered'), caseId: z.string(), status: z.int() }),
  consent: z.object({ ...about, kind: z.literal('consent'), answer: z.enum(['give', 'withdraw']), status: z.int() }),
  handed: z.object({ ...about, kind: z.enum(['sold', 'bought']), thing: z.string(), status: z.int() }),
};
const { sent, taken, survey, surveyTaken, mood, panel, answered, consent, handed } = schemas;
const line = z.union([sent, taken, survey, surveyTaken, mood, panel, answered, consent, handed, z.object({ kind: z.string() }).transform(() => undefined)]);
type Line<Name extends keyof typeof schemas> = z.infer<(typeof schemas)[Name]>;

export interface LifeFacts {
  /** Of each message from outside: whether its taking was confirmed. */
  readonly sent: readonly (Omit<Line<'sent'>, 'kind'> & { readonly taken: boolean })[];
  readonly surveys: readonly (Omit<Line<'survey'>, 'kind'> & { readonly taken: boolean })[];
  /** What was said to the survey tool. */
  readonly panel: readonly Line<'panel'>[];
  /** Each midnight, −1 to 1: hidden from everybody else. */
  readonly moods: readonly { readonly householdId: string; readonly at: Instant; readonly value: number }[];
  /** By somebody of the company. */
  readonly answered: readonly Line<'answered'>[];
  readonly consents: readonly Line<'consent'>[];
  /** A thing that changed its household. */
  readonly handed: readonly Line<'handed'>[];
}
export const noLife: LifeFacts = { sent: [], surveys: [], panel: [], moods: [], answered: [], consents: [], handed: [] };

export function lifeIn(data: string): LifeFacts {
  const sentOnes = new Map<string, LifeFacts['sent'][number]>();
  const surveys = new Map<string, LifeFacts['surveys'][number]>();
  const read = readLines(path.join(data, 'ledgers', 'life.ndjson'), line).filter((one) => one !== undefined);
  for (const one of read) {
    if (one.kind === 'sent') sentOnes.set(one.messageId, { ...one, taken: sentOnes.get(one.messageId)?.taken ?? false });
    if (one.kind === 'taken') change(sentOnes, one.messageId);
    if (one.kind === 'survey') surveys.set(one.surveyId, { ...one, taken: surveys.get(one.surveyId)?.taken ?? false });
    if (one.kind === 'survey-taken' && one.status === 200) change(surveys, one.surveyId);
  }
  return {
    sent: [...sentOnes.values()],
    surveys: [...surveys.values()],
    panel: read.filter((one) => one.kind === 'panel'),
    moods: read.filter((one) => one.kind === 'mood'),
    answered: read.filter((one) => one.kind === 'answered'),
    consents: read.filter((one) => one.kind === 'consent'),
    handed: read.flatMap((one) => (one.kind === 'sold' || one.kind === 'bought' ? [one] : [])),
  };
}

function change<One extends { readonly taken: boolean }>(ones: Map<string, One>, id: string): void {
  const known = ones.get(id);
  if (known !== undefined) ones.set(id, { ...known, taken: true });
}
