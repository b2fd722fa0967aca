/**
 * What a next best action rests on before anybody has answered: data, in minor units, ours and unproven until outcomes have said otherwise. What is learnt
 * afterwards replaces `prior`; worth and costs stay assumptions, and every recommendation names them.
 */

/** Of what a household pays for goods, what stays with the company. */
export const MARGIN_SHARE = 0.08;
/** A minute of somebody at home: €12 an hour, as surveys value household work. */
export const MINUTE_MINOR = 20;
/** To read a message and decide on it. Nobody asked for it, so every message has to earn this first. */
export const ATTENTION_MINUTES = 1;
/** What is left after the costs must be worth at least this for both sides together; otherwise the best action is to do nothing. */
export const LEAST_GAIN_MINOR = 25;

export const MINUTES_PER_APPROVAL = 1.5;
/** Of the orders that wait for an answer, the share that nobody answers in time: the goods are then missing and the sale is lost. */
export const LOST_UNANSWERED = 0.06;
export const DELIVERY_MINOR = 390;
/** Of a delivery fee, what a delivery that is not made saves the shop and us beyond it. */
export const DELIVERY_COST_MINOR = 210;
/** A pack that is thrown away. */
export const WASTED_PACK_MINOR = 250;
/** A colleague calls: fifteen minutes at €28 an hour. */
export const CALL_MINOR = 700;
/** Of the margin of a year, what a problem that is solved in time keeps. */
export const KEPT_BY_CALL = 0.15;
/** What an ordinary basket costs. */
export const BASKET_MINOR = 2_500;
/** What both sides of a referral get, each: free delivery for four weeks, of which an ordinary household uses four. */
export const REFERRAL_REWARD_MINOR = 4 * DELIVERY_MINOR;
/** Margin of a new household's first year: 40 baskets. */
export const NEW_HOUSEHOLD_MINOR = Math.round(40 * BASKET_MINOR * MARGIN_SHARE);

/** The expected share that acts on it, and how many answers this weighs like (a Beta distribution's mean and strength). */
export interface Prior {
  readonly mean: number;
  readonly strength: number;
}
/** As many answers as make a prior light: after some forty of them the data speak. */
const STRENGTH = 20;
export const prior = (mean: number): Prior => ({ mean, strength: STRENGTH });
