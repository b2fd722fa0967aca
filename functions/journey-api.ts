/** The company's side: whoever looks after households finds one, says why, and sees everything known of it on one page. */
import { addAgentRoutes } from './journey-api/agent-routes.ts';
import { addAuditRoutes } from './journey-api/audit-routes.ts';
import { addCaseWorkRoutes } from './journey-api/case-work-routes.ts';
import { addFindRoutes } from './journey-api/find-routes.ts';
import { addIdentityRoutes } from './journey-api/identity-routes.ts';
import { addImprovementRoutes } from './journey-api/improvement-routes.ts';
import { addReportRoutes } from './journey-api/report-routes.ts';
import { addRulesRoutes } from './journey-api/rules-routes.ts';
import { lambdaHandler, newApi } from './runtime/http.ts';

export const api = newApi();
addFindRoutes(api);
addAgentRoutes(api);
addCaseWorkRoutes(api);
addAuditRoutes(api);
addIdentityRoutes(api);
addReportRoutes(api);
addRulesRoutes(api);
addImprovementRoutes(api);

export const handler = lambdaHandler(api);
