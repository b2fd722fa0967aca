/** Shops as people know them, for pages that show what was bought where. */
import { z } from 'zod';
import { retailerIdSchema, type RetailerId } from '../../shared/values.ts';
import { findRetailerName } from '../notify-household/retailer-name.ts';

export const shopNamesSchema = z.array(z.strictObject({ retailerId: retailerIdSchema, name: z.string().max(80) })).max(50);

export const shopNames = (retailerIds: readonly RetailerId[]): Promise<z.infer<typeof shopNamesSchema>> =>
  Promise.all([...new Set(retailerIds)].slice(0, 50).map(async (retailerId) => ({ retailerId, name: (await findRetailerName(retailerId)).slice(0, 80) })));
