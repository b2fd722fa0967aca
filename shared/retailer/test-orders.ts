/** Orders that nobody means: from the conformance run and the workbench. A shop treats them like any other, but answers at once and packs nothing. */
import { householdIdSchema, type OrderId } from '../values.ts';

/** Stands where a household's account at the shop would. */
export const TEST_ACCOUNT = 'conformance';
/** Whose they are in the shop's log: nobody's. */
export const SAMPLE_HOUSEHOLD = householdIdSchema.parse('hh_conformance');
/** No household's order begins like this: theirs are a digest. */
export const TEST_ORDER_PREFIX = 'ord_conformance-';

export const isTestOrder = (orderId: OrderId): boolean => orderId.startsWith(TEST_ORDER_PREFIX);
