/** What the household's doors take and give, for the app: types only. One line per module of routes. */
import type { caseRoutes } from './case-routes.ts';
import type { deviceRoutes } from './device-routes.ts';
import type { draftRoutes } from './draft-routes.ts';
import type { changeRoutes } from './change-routes.ts';
import type { consentRoutes } from './consent-routes.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import type { exportRoutes } from './export-routes.ts';
import type { followRoutes } from './follow-routes.ts';
import type { foundingRoutes } from './founding-routes.ts';
import type { householdRoutes } from './household-routes.ts';
import type { invitationRoutes } from './invitation-routes.ts';
import type { lessonRoutes } from './lesson-routes.ts';
import type { endLinkRoutes } from './end-link-routes.ts';
import type { lookRoutes } from './look-routes.ts';
import type { outlookRoutes } from './outlook-routes.ts';
import type { mandatePreviewRoutes } from './mandate-preview-routes.ts';
import type { mandateRoutes } from './mandate-routes.ts';
import type { mandateViewRoutes } from './mandate-view-routes.ts';
import type { statementRoutes } from './statement-routes.ts';
import type { stopRoutes } from './stop-routes.ts';
import type { meRoutes } from './me-routes.ts';
import type { memberRoutes } from './member-routes.ts';
import type { orderRoutes } from './order-routes.ts';
import type { overviewRoutes } from './overview-routes.ts';
import type { pairingRoutes } from './pairing-routes.ts';
import type { careRoutes } from './care-routes.ts';
import type { listRoutes } from './list-routes.ts';
import type { stockRoutes } from './stock-routes.ts';
import type { supplyRoutes } from './supply-routes.ts';
import type { mailStopRoutes } from './mail-stop-routes.ts';
import type { outreachRoutes } from './outreach-routes.ts';
import type { referralRoutes } from './referral-routes.ts';
import type { surveyRoutes } from './survey-routes.ts';
import type { trustRoutes } from './trust-routes.ts';
import type { withdrawalRoutes } from './withdrawal-routes.ts';

export type HouseholdApi = typeof careRoutes &
  typeof listRoutes &
  typeof stockRoutes &
  typeof consentRoutes &
  typeof erasureRoutes &
  typeof exportRoutes &
  typeof changeRoutes &
  typeof householdRoutes &
  typeof deviceRoutes &
  typeof draftRoutes &
  typeof invitationRoutes &
  typeof lessonRoutes &
  typeof pairingRoutes &
  typeof endLinkRoutes &
  typeof lookRoutes &
  typeof outlookRoutes &
  typeof mandatePreviewRoutes &
  typeof mandateRoutes &
  typeof mandateViewRoutes &
  typeof statementRoutes &
  typeof stopRoutes &
  typeof meRoutes &
  typeof foundingRoutes &
  typeof memberRoutes &
  typeof orderRoutes &
  typeof overviewRoutes &
  typeof supplyRoutes &
  typeof outreachRoutes &
  typeof mailStopRoutes &
  typeof referralRoutes &
  typeof surveyRoutes &
  typeof trustRoutes &
  typeof caseRoutes &
  typeof followRoutes &
  typeof withdrawalRoutes;
