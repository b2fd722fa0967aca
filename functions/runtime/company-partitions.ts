/** Where the company's own items stand, those of no household: each kind in one partition. */
import type { RetailerId } from '../../shared/values.ts';

/** A few dozen. */
export const IMPROVEMENTS_PK = 'IMPROVEMENTS';

/** A few dozen. */
export const EXPERIMENTS_PK = 'EXPERIMENTS';

/** A few dozen. */
export const CAMPAIGNS_PK = 'CAMPAIGNS';

/** A few hundred findings. */
export const STUDIES_PK = 'STUDIES';

/** One short item a day. */
export const STANDING_DAYS_PK = 'STANDING-DAYS';

/** A few dozen. */
export const PATHS_PK = 'PATHS';

/** A few dozen. */
export const SIGNALS_PK = 'SIGNALS';

/** Leads in sixteen parts, each in the order of its stages. */
export const LEAD_PARTS = 16;
export const LEADS = 'LEADS#';

/** A few hundred, and one for each shop. */
export const CHEAP_PK = 'CHEAP';
export const LATENESS_PK = 'LATENESS';
export const cheapOf = (retailerId: RetailerId): string => `CHEAP#${retailerId}#`;

/** Who had a product, in sixteen lists of no order that says anything. */
export const GOODS = 'GOODS#';
export const goodsPk = (gtin: string, part: number): string => `${GOODS}${gtin}#${part}`;
