/** Stage 4, the household's side: who lives there, what is in the house, and a person's yes, no and never mind. */
import { addHouseholdRoutes } from './household-api/household-routes.ts';
import { addMandateRoutes } from './household-api/mandate-routes.ts';
import { addMeRoutes } from './household-api/me-routes.ts';
import { addMemberRoutes } from './household-api/member-routes.ts';
import { addOrderRoutes } from './household-api/order-routes.ts';
import { addOverviewRoutes } from './household-api/overview-routes.ts';
import { addSupplyRoutes } from './household-api/supply-routes.ts';
import { lambdaHandler, newApi } from './runtime/http.ts';

export const api = newApi();
addHouseholdRoutes(api);
addMemberRoutes(api);
addMeRoutes(api);
addSupplyRoutes(api);
addMandateRoutes(api);
addOrderRoutes(api);
addOverviewRoutes(api);

export const handler = lambdaHandler(api);
