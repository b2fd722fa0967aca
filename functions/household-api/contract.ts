/** What the household's doors take and give, for the app: types only. One line per module of routes. */
import type { householdRoutes } from './household-routes.ts';
import type { mandateRoutes } from './mandate-routes.ts';
import type { meRoutes } from './me-routes.ts';
import type { memberRoutes } from './member-routes.ts';
import type { orderRoutes } from './order-routes.ts';
import type { overviewRoutes } from './overview-routes.ts';
import type { supplyRoutes } from './supply-routes.ts';

export type HouseholdApi = typeof householdRoutes &
  typeof mandateRoutes &
  typeof meRoutes &
  typeof memberRoutes &
  typeof orderRoutes &
  typeof overviewRoutes &
  typeof supplyRoutes;
