/** What the console's doors take and give, for the app: types only. One line per module of routes. */
import type { agentRoutes } from './agent-routes.ts';
import type { auditRoutes } from './audit-routes.ts';
import type { caseWorkRoutes } from './case-work-routes.ts';
import type { findRoutes } from './find-routes.ts';
import type { identityRoutes } from './identity-routes.ts';
import type { improvementRoutes } from './improvement-routes.ts';
import type { reportRoutes } from './report-routes.ts';
import type { rulesRoutes } from './rules-routes.ts';

export type JourneyApi = typeof findRoutes &
  typeof agentRoutes &
  typeof caseWorkRoutes &
  typeof auditRoutes &
  typeof identityRoutes &
  typeof reportRoutes &
  typeof rulesRoutes &
  typeof improvementRoutes;
