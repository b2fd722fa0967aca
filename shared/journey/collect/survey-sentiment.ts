/**
 * What somebody's answer to a survey says of how they felt: −1 (angry) to 1 (delighted). Each scale is laid out straight from its worst answer
 * to its middle and from there to its best: a seven of ten is where promoters and detractors part (Reichheld 2003), a three of five and a four
 * of seven are the middle of theirs.
 */
import { z } from 'zod';
import type { Sentiment } from '../words.ts';

export const surveyScales = {
  nps: { worst: 0, middle: 7, best: 10, confidence: 0.8 },
  csat: { worst: 1, middle: 3, best: 5, confidence: 0.9 },
  ces: { worst: 1, middle: 4, best: 7, confidence: 0.8 },
} as const;
/** Would you recommend us; how content are you; how easy was it. */
export const surveyKindSchema = z.enum(['nps', 'csat', 'ces']);
export type SurveyKind = z.infer<typeof surveyKindSchema>;

/** Undefined for an answer that is not on the scale. @param score 0–10 of NPS, 1–5 of CSAT, 1–7 of CES (7: easy) */
export function sentimentOfSurvey(kind: SurveyKind, score: number): Sentiment | undefined {
  const { worst, middle, best, confidence } = surveyScales[kind];
  if (!Number.isFinite(score) || score < worst || score > best) return undefined;
  const value = score >= middle ? (score - middle) / (best - middle) : (score - middle) / (middle - worst);
  return { value: Math.round(value * 1_000) / 1_000, source: kind, confidence };
}
