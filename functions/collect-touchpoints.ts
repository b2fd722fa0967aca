/** Stage 8, from outside: touchpoints from web, e-mail, shops and CRM, each kept once whatever is sent again. */
import { addMessageRoutes } from './collect-touchpoints/message-routes.ts';
import { addSourceRoutes } from './collect-touchpoints/source-routes.ts';
import { addSubscriptionRoutes } from './collect-touchpoints/subscription-routes.ts';
import { addWebhookRoute } from './collect-touchpoints/webhook-route.ts';
import { lambdaHandler, newApi } from './runtime/http.ts';

export const api = newApi();
addMessageRoutes(api);
addSourceRoutes(api);
addSubscriptionRoutes(api);
addWebhookRoute(api);

export const handler = lambdaHandler(api);
