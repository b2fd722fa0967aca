/** How much a household is asked to bear: data. Counted for the household, not for each person in it. */

export const outreachLimits = {
  /** In one day of the household's calendar. */
  perDay: 1,
  /** In any seven times 24 hours. */
  perWeek: 2,
  /** What waits for an answer and cannot wait longer is counted apart, per day of the household's calendar. */
  urgentPerDay: 5,
  /** Local hours, from … up to; the household may choose others. */
  quiet: { from: 21, to: 8 },
  /** So long after something that felt bad (a sentiment of at most `badFeeling`) nobody is offered anything. */
  badMomentDays: 3,
  badFeeling: -0.5,
  /** Below this health nothing is offered; what is unknown is not low. */
  leastHealth: 0.3,
  unwellDays: 7,
  /** A better hour is waited for no longer than this after the wish was made. */
  momentHours: 24,
  /** A habit shows only in so many acts of the household. */
  habitActs: 8,
  /** Days of its timeline that its habit is read from. */
  habitDays: 35,
} as const;
