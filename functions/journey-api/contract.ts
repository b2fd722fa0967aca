/** What the console's doors take and give, for the app: types only. One line per module of routes. */
import type { agentRoutes } from './agent-routes.ts';
import type { attributionRoutes } from './attribution-routes.ts';
import type { auditRoutes } from './audit-routes.ts';
import type { campaignCostRoutes } from './campaign-cost-routes.ts';
import type { campaignRoutes } from './campaign-routes.ts';
import type { caseWorkRoutes } from './case-work-routes.ts';
import type { churnRoutes } from './churn-routes.ts';
import type { contactRoutes } from './contact-routes.ts';
import type { findRoutes } from './find-routes.ts';
import type { identityRoutes } from './identity-routes.ts';
import type { improvementRoutes } from './improvement-routes.ts';
import type { leadRoutes } from './lead-routes.ts';
import type { pathRoutes } from './path-routes.ts';
import type { reportRoutes } from './report-routes.ts';
import type { rulesRoutes } from './rules-routes.ts';
import type { signalRoutes } from './signal-routes.ts';
import type { segmentRoutes } from './segment-routes.ts';
import type { studyRoutes } from './study-routes.ts';
import type { trialRoutes } from './trial-routes.ts';

export type JourneyApi = typeof findRoutes &
  typeof agentRoutes &
  typeof caseWorkRoutes &
  typeof campaignRoutes &
  typeof campaignCostRoutes &
  typeof auditRoutes &
  typeof identityRoutes &
  typeof reportRoutes &
  typeof pathRoutes &
  typeof attributionRoutes &
  typeof churnRoutes &
  typeof contactRoutes &
  typeof leadRoutes &
  typeof signalRoutes &
  typeof rulesRoutes &
  typeof segmentRoutes &
  typeof studyRoutes &
  typeof improvementRoutes &
  typeof trialRoutes;
