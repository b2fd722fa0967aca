/** Every door of the product over HTTP: read by the infrastructure (which demands the scope), the functions and the app. */

export const scopes = {
  operate: 'nachschub/operate',
  household: 'nachschub/household',
  collect: 'nachschub/collect',
  retailer: 'nachschub/retailer',
  /** Alone it opens nothing: whoever asks with it must be in the group of agents as well. */
  lookAfter: 'nachschub/look-after',
} as const;
export type Scope = (typeof scopes)[keyof typeof scopes];

/** The group of the user pool in which the company's own people are; no household's member is. */
export const AGENTS = 'agents';

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: `/${string}`;
  readonly function: 'household-api' | 'retailer-api' | 'collect-touchpoints' | 'describe-api' | 'journey-api';
  /**
   * `retailer`: a shop's machine with a token of its own app client. `retailer-signature`: no bearer token; the function verifies
   * the signature with the key of the retailer that the path names. `anyone`: nothing is asked, and nothing of anybody is told.
   * `staff`: somebody of the company, in the group of agents; the routes are the console's and stand in no public description.
   * `write-key`: a source that sends touchpoints; the function checks its write key, or a token with the scope `collect`.
   * `source-signature`: as `retailer-signature`, with the key of the source that the path names.
   * `signed-link`: the body, or the path where a mail program calls, holds what stood in a link that we have signed, which names all that it may do.
   */
  readonly caller:
    | 'operator'
    | 'member'
    | 'member-or-operator'
    | 'retailer'
    | 'retailer-or-operator'
    | 'retailer-signature'
    | 'write-key'
    | 'source-signature'
    | 'staff'
    | 'anyone'
    | 'signed-link';
  /** Any one of these in the token. Empty only where the caller proves itself otherwise. */
  readonly scopes: readonly Scope[];
}

const operator = { function: 'household-api', caller: 'operator', scopes: [scopes.operate] } as const;
const member = { function: 'household-api', caller: 'member', scopes: [scopes.household] } as const;
const either = { function: 'household-api', caller: 'member-or-operator', scopes: [scopes.household, scopes.operate] } as const;
const shop = { function: 'retailer-api', caller: 'retailer', scopes: [scopes.retailer] } as const;
const staff = { function: 'journey-api', caller: 'staff', scopes: [scopes.lookAfter] } as const;
const shopOrOperator = { function: 'retailer-api', caller: 'retailer-or-operator', scopes: [scopes.retailer, scopes.operate] } as const;
/** The function demands what it needs: a gateway can ask for a token or for nothing, and Segment's libraries send a write key. */
const source = { function: 'collect-touchpoints', caller: 'write-key', scopes: [] } as const;
const sourcesOperator = { function: 'collect-touchpoints', caller: 'operator', scopes: [scopes.operate] } as const;

export const routes = {
  describeApi: { method: 'GET', path: '/openapi.json', function: 'describe-api', caller: 'anyone', scopes: [] },
  createHousehold: { method: 'PUT', path: '/households/{householdId}', ...operator },
  addMember: { method: 'PUT', path: '/households/{householdId}/members/{memberId}', ...operator },
  removeMember: { method: 'DELETE', path: '/households/{householdId}/members/{memberId}', ...either },
  linkShop: { method: 'PUT', path: '/households/{householdId}/shops/{retailerId}', ...operator },
  addDevice: { method: 'PUT', path: '/households/{householdId}/devices/{thing}', ...operator },
  offerPairing: { method: 'PUT', path: '/things/{thing}/pairing', ...operator },
  pairDevice: { method: 'POST', path: '/households/{householdId}/devices', ...member },
  labelDevice: { method: 'PUT', path: '/households/{householdId}/devices/{thing}/label', ...member },
  linkSlot: { method: 'PUT', path: '/households/{householdId}/devices/{thing}/slots/{slot}', ...member },
  unlinkSlot: { method: 'DELETE', path: '/households/{householdId}/devices/{thing}/slots/{slot}', ...member },
  removeDevice: { method: 'DELETE', path: '/households/{householdId}/devices/{thing}', ...member },
  readLessons: { method: 'GET', path: '/households/{householdId}/lessons', ...member },
  learnStep: { method: 'PUT', path: '/households/{householdId}/lessons/{deviceType}/steps/{step}', ...member },
  inviteMember: { method: 'POST', path: '/households/{householdId}/invitations', ...member },
  changeRole: { method: 'PUT', path: '/households/{householdId}/members/{memberId}/role', ...member },
  keepDraft: { method: 'PUT', path: '/households/{householdId}/drafts/{draftId}', ...member },
  listDrafts: { method: 'GET', path: '/households/{householdId}/drafts', ...member },
  readDraft: { method: 'GET', path: '/households/{householdId}/drafts/{draftId}', ...member },
  dropDraft: { method: 'DELETE', path: '/households/{householdId}/drafts/{draftId}', ...member },
  addSupply: { method: 'PUT', path: '/households/{householdId}/supplies/{supplyId}', ...operator },
  readSupply: { method: 'GET', path: '/households/{householdId}/supplies/{supplyId}', ...either },
  countSupply: { method: 'POST', path: '/households/{householdId}/supplies/{supplyId}/counts', ...member },
  changeSupply: { method: 'POST', path: '/households/{householdId}/supplies/{supplyId}/settings', ...member },
  trustSupply: { method: 'POST', path: '/households/{householdId}/supplies/{supplyId}/trust', ...member },
  addOwnSupply: { method: 'POST', path: '/households/{householdId}/supplies', ...member },
  removeSupply: { method: 'DELETE', path: '/households/{householdId}/supplies/{supplyId}', ...member },
  enterStock: { method: 'POST', path: '/households/{householdId}/stock', ...member },
  searchProducts: { method: 'GET', path: '/households/{householdId}/products', ...member },
  changeDiet: { method: 'PUT', path: '/households/{householdId}/diet', ...member },
  changePreferences: { method: 'PUT', path: '/households/{householdId}/preferences', ...member },
  readList: { method: 'GET', path: '/households/{householdId}/list', ...member },
  addListItem: { method: 'PUT', path: '/households/{householdId}/list/{entryId}', ...member },
  changeListItem: { method: 'POST', path: '/households/{householdId}/list/{entryId}', ...member },
  turnListItem: { method: 'POST', path: '/households/{householdId}/list/{entryId}/state', ...member },
  grantMandate: { method: 'PUT', path: '/households/{householdId}/mandates/{mandateId}', ...member },
  endMandate: { method: 'DELETE', path: '/households/{householdId}/mandates/{mandateId}', ...member },
  pauseMandate: { method: 'POST', path: '/households/{householdId}/mandates/{mandateId}/pause', ...member },
  resumeMandate: { method: 'POST', path: '/households/{householdId}/mandates/{mandateId}/resume', ...member },
  listMandates: { method: 'GET', path: '/households/{householdId}/mandates', ...member },
  readMandate: { method: 'GET', path: '/households/{householdId}/mandates/{mandateId}', ...member },
  readMandateChoices: { method: 'GET', path: '/households/{householdId}/mandate-choices', ...member },
  previewMandate: { method: 'POST', path: '/households/{householdId}/mandates/preview', ...member },
  endMandateByLink: { method: 'POST', path: '/end-mandate', function: 'household-api', caller: 'signed-link', scopes: [] },
  stopMail: { method: 'POST', path: '/mail-stops/{token}', function: 'household-api', caller: 'signed-link', scopes: [] },
  lookAtMailStop: { method: 'GET', path: '/mail-stops/{token}', function: 'household-api', caller: 'signed-link', scopes: [] },
  setStop: { method: 'PUT', path: '/households/{householdId}/stops/{stopId}', ...member },
  liftStop: { method: 'DELETE', path: '/households/{householdId}/stops/{stopId}', ...member },
  readStatement: { method: 'GET', path: '/households/{householdId}/statements/{month}', ...member },
  readMe: { method: 'GET', path: '/me', ...member },
  foundHousehold: { method: 'PUT', path: '/me/households/{householdId}', ...member },
  readHousehold: { method: 'GET', path: '/households/{householdId}', ...either },
  listOrders: { method: 'GET', path: '/households/{householdId}/orders', ...either },
  readOrder: { method: 'GET', path: '/households/{householdId}/orders/{orderId}', ...either },
  approveOrder: { method: 'POST', path: '/households/{householdId}/orders/{orderId}/approve', ...member },
  declineOrder: { method: 'POST', path: '/households/{householdId}/orders/{orderId}/decline', ...member },
  readAlternatives: { method: 'GET', path: '/households/{householdId}/orders/{orderId}/alternatives', ...either },
  changeOrder: { method: 'POST', path: '/households/{householdId}/orders/{orderId}/change', ...member },
  followOrder: { method: 'GET', path: '/households/{householdId}/orders/{orderId}/timeline', ...either },
  cancelOrder: { method: 'POST', path: '/households/{householdId}/orders/{orderId}/cancel', ...member },
  answerSubstitution: { method: 'POST', path: '/households/{householdId}/orders/{orderId}/substitutions/{questionId}', ...member },
  withdrawContract: { method: 'PUT', path: '/households/{householdId}/orders/{orderId}/contract-withdrawals/{declarationId}', ...member },
  declareWithdrawal: { method: 'POST', path: '/withdrawals', function: 'household-api', caller: 'anyone', scopes: [] },
  listDeclarations: { method: 'GET', path: '/withdrawals', ...operator },
  listCases: { method: 'GET', path: '/households/{householdId}/cases', ...either },
  openCase: { method: 'PUT', path: '/households/{householdId}/cases/{caseId}', ...member },
  readCase: { method: 'GET', path: '/households/{householdId}/cases/{caseId}', ...either },
  writeInCase: { method: 'POST', path: '/households/{householdId}/cases/{caseId}/messages', ...either },
  solveCase: { method: 'POST', path: '/households/{householdId}/cases/{caseId}/solve', ...either },
  reopenCase: { method: 'POST', path: '/households/{householdId}/cases/{caseId}/reopen', ...member },
  withdrawOrder: { method: 'POST', path: '/households/{householdId}/orders/{orderId}/withdraw', ...member },
  readJourney: { method: 'GET', path: '/households/{householdId}/journey', ...either },
  readReferral: { method: 'GET', path: '/households/{householdId}/referral', ...member },
  shareReferral: { method: 'POST', path: '/households/{householdId}/referral', ...member },
  enterReferral: { method: 'POST', path: '/households/{householdId}/referral/entered', ...member },
  readSurvey: { method: 'GET', path: '/households/{householdId}/survey', ...member },
  answerSurvey: { method: 'POST', path: '/households/{householdId}/surveys/{surveyId}', ...member },
  readOutreach: { method: 'GET', path: '/households/{householdId}/outreach', ...member },
  changeOutreach: { method: 'POST', path: '/households/{householdId}/outreach', ...member },
  readOutlook: { method: 'GET', path: '/households/{householdId}/outlook', ...member },
  readLooks: { method: 'GET', path: '/households/{householdId}/looks', ...member },
  readConsents: { method: 'GET', path: '/households/{householdId}/consents', ...member },
  giveConsent: { method: 'POST', path: '/households/{householdId}/consents/give', ...member },
  withdrawConsent: { method: 'POST', path: '/households/{householdId}/consents/withdraw', ...member },
  exportHousehold: { method: 'GET', path: '/households/{householdId}/export', ...member },
  planErasure: { method: 'GET', path: '/households/{householdId}/erasure', ...member },
  requestErasure: { method: 'POST', path: '/households/{householdId}/erasure', ...member },
  putRetailer: { method: 'PUT', path: '/retailers/{retailerId}', ...operator, function: 'retailer-api' },
  passConformance: { method: 'PUT', path: '/retailers/{retailerId}/conformance', ...operator, function: 'retailer-api' },
  readRetailerKeys: { method: 'GET', path: '/retailers/{retailerId}/keys', ...shopOrOperator },
  rotateRetailerKeys: { method: 'POST', path: '/retailers/{retailerId}/keys', ...shopOrOperator },
  putPublicKeys: { method: 'PUT', path: '/retailers/{retailerId}/public-keys', ...shopOrOperator },
  readDeliveries: { method: 'GET', path: '/retailers/{retailerId}/deliveries', ...shopOrOperator },
  replayDelivery: { method: 'POST', path: '/retailers/{retailerId}/deliveries/{messageId}/replay', ...shopOrOperator },
  readLostOffers: { method: 'GET', path: '/retailers/{retailerId}/lost-offers', ...shopOrOperator },
  listRetailerOrders: { method: 'GET', path: '/retailers/{retailerId}/orders', ...shop },
  takeMessage: { method: 'POST', path: '/retailers/{retailerId}/messages', function: 'retailer-api', caller: 'retailer-signature', scopes: [] },
  findHouseholds: { method: 'POST', path: '/console/find', ...staff },
  readAgentPage: { method: 'GET', path: '/console/households/{householdId}', ...staff },
  readStory: { method: 'GET', path: '/console/households/{householdId}/story', ...staff },
  listTouchpoints: { method: 'GET', path: '/console/households/{householdId}/touchpoints', ...staff },
  openCaseFor: { method: 'PUT', path: '/console/households/{householdId}/cases/{caseId}', ...staff },
  reopenCaseFor: { method: 'POST', path: '/console/households/{householdId}/cases/{caseId}/reopen', ...staff },
  answerCase: { method: 'POST', path: '/console/households/{householdId}/cases/{caseId}/messages', ...staff },
  closeCase: { method: 'POST', path: '/console/households/{householdId}/cases/{caseId}/solve', ...staff },
  noteCall: { method: 'POST', path: '/console/households/{householdId}/calls', ...staff },
  readAudit: { method: 'GET', path: '/console/audit', ...staff },
  readIdentity: { method: 'GET', path: '/console/households/{householdId}/identity', ...staff },
  decideIdentity: { method: 'POST', path: '/console/households/{householdId}/identity', ...staff },
  readReport: { method: 'GET', path: '/console/report', ...staff },
  readAttribution: { method: 'GET', path: '/console/attribution', ...staff },
  listPaths: { method: 'GET', path: '/console/paths', ...staff },
  savePath: { method: 'PUT', path: '/console/paths/{pathId}', ...staff },
  tryPath: { method: 'POST', path: '/console/path-trials', ...staff },
  readRules: { method: 'GET', path: '/console/rules', ...staff },
  changeRules: { method: 'PUT', path: '/console/rules', ...staff },
  listSegments: { method: 'GET', path: '/console/segments', ...staff },
  previewSegment: { method: 'POST', path: '/console/segments/preview', ...staff },
  proposeSplits: { method: 'POST', path: '/console/segments/splits', ...staff },
  listMembers: { method: 'POST', path: '/console/segments/members', ...staff },
  readChurn: { method: 'GET', path: '/console/churn', ...staff },
  listSignals: { method: 'GET', path: '/console/signals', ...staff },
  putSignal: { method: 'POST', path: '/console/signals', ...staff },
  endSignal: { method: 'POST', path: '/console/signals/{signalId}/end', ...staff },
  readContacts: { method: 'GET', path: '/console/contacts', ...staff },
  listLeaving: { method: 'POST', path: '/console/churn/households', ...staff },
  readLeads: { method: 'GET', path: '/console/leads', ...staff },
  listLeads: { method: 'POST', path: '/console/leads/lists', ...staff },
  readLead: { method: 'GET', path: '/console/leads/{leadId}', ...staff },
  decideLead: { method: 'POST', path: '/console/leads/{leadId}/decisions', ...staff },
  forgetLead: { method: 'DELETE', path: '/console/leads/{leadId}', ...staff },
  listStudies: { method: 'GET', path: '/console/studies', ...staff },
  importStudies: { method: 'POST', path: '/console/studies', ...staff },
  listImprovements: { method: 'GET', path: '/console/improvements', ...staff },
  improve: { method: 'POST', path: '/console/improvements', ...staff },
  readActions: { method: 'GET', path: '/console/actions', ...staff },
  listCampaigns: { method: 'GET', path: '/console/campaigns', ...staff },
  putCampaign: { method: 'PUT', path: '/console/campaigns/{campaign}', ...staff },
  previewCampaign: { method: 'POST', path: '/console/campaign-previews', ...staff },
  steerCampaign: { method: 'POST', path: '/console/campaigns/{campaign}/steering', ...staff },
  readCampaignCosts: { method: 'GET', path: '/console/campaign-costs', ...staff },
  importCampaignCosts: { method: 'POST', path: '/console/campaign-costs', ...staff },
  putCampaignCosts: { method: 'PUT', path: '/console/campaigns/{campaign}/costs', ...staff },
  listExperiments: { method: 'GET', path: '/console/experiments', ...staff },
  putExperiment: { method: 'PUT', path: '/console/experiments/{experiment}', ...staff },
  track: { method: 'POST', path: '/v1/track', ...source },
  identify: { method: 'POST', path: '/v1/identify', ...source },
  page: { method: 'POST', path: '/v1/page', ...source },
  screen: { method: 'POST', path: '/v1/screen', ...source },
  group: { method: 'POST', path: '/v1/group', ...source },
  alias: { method: 'POST', path: '/v1/alias', ...source },
  batch: { method: 'POST', path: '/v1/batch', ...source },
  takeWebhook: { method: 'POST', path: '/v1/webhooks/{sourceId}', function: 'collect-touchpoints', caller: 'source-signature', scopes: [] },
  listSources: { method: 'GET', path: '/sources', ...sourcesOperator },
  putSource: { method: 'PUT', path: '/sources/{sourceId}', ...sourcesOperator },
  createWriteKey: { method: 'PUT', path: '/sources/{sourceId}/keys/{keyId}', ...sourcesOperator },
  revokeWriteKey: { method: 'DELETE', path: '/sources/{sourceId}/keys/{keyId}', ...sourcesOperator },
  readSourceSecrets: { method: 'GET', path: '/sources/{sourceId}/secrets', ...sourcesOperator },
  listRefused: { method: 'GET', path: '/sources/{sourceId}/refused', ...sourcesOperator },
  listSubscriptions: { method: 'GET', path: '/subscriptions', ...sourcesOperator },
  putSubscription: { method: 'PUT', path: '/subscriptions/{subscriptionId}', ...sourcesOperator },
  readSubscriptionSecrets: { method: 'GET', path: '/subscriptions/{subscriptionId}/secrets', ...sourcesOperator },
  testSubscription: { method: 'POST', path: '/subscriptions/{subscriptionId}/test', ...sourcesOperator },
  resumeSubscription: { method: 'POST', path: '/subscriptions/{subscriptionId}/resume', ...sourcesOperator },
  replaySubscription: { method: 'POST', path: '/subscriptions/{subscriptionId}/replay', ...sourcesOperator },
  listHandedOn: { method: 'GET', path: '/subscriptions/{subscriptionId}/deliveries', ...sourcesOperator },
  replayHandedOn: { method: 'POST', path: '/subscriptions/{subscriptionId}/deliveries/replay', ...sourcesOperator },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
