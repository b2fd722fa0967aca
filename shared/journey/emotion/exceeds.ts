import type { Sentiment } from '../words.ts';

/** Better than was to be expected: a day before it was promised, praise, or an answer near the top of its scale. */
export const exceeds = ({ source, value }: Pick<Sentiment, 'source' | 'value'>): boolean =>
  source === 'promise' ? value >= 0.4 : source === 'praise' ? value > 0 : value >= 0.8;
