/** Stage 6. The shops' door: operators set shops up, shops answer orders and publish offers by signed messages. */
import { addRetailerRoutes } from './retailer-api/retailer-routes.ts';
import { addConformanceRoute } from './retailer-api/conformance-route.ts';
import { addKeyRoutes } from './retailer-api/key-routes.ts';
import { addMessageRoute } from './retailer-api/message-route.ts';
import { addLostOffersRoute } from './retailer-api/lost-offers-route.ts';
import { addReplayRoute } from './retailer-api/replay-route.ts';
import { lambdaHandler, newApi } from './runtime/http.ts';

export const api = newApi();
addRetailerRoutes(api);
addKeyRoutes(api);
addConformanceRoute(api);
addMessageRoute(api);
addReplayRoute(api);
addLostOffersRoute(api);

export const handler = lambdaHandler(api);
