/** For each route that takes a body, one that its schema takes: whatever is refused is not refused for that. */
import type { RouteName } from '../../shared/api/routes.ts';
import { shippedCampaigns } from '../../shared/journey/campaign/shipped-campaigns.ts';
import { holdout } from '../../shared/journey/experiment/shipped-experiments.ts';
import { mandateTermsHash } from '../../shared/order/mandate/mandate.ts';
import type { Order } from '../../shared/order/order-state.ts';
import type { Instant } from '../../shared/values.ts';
import { mandateTerms } from '../shared/order/order-examples.ts';
import { milkConfig, START } from '../shared/supply/milk.ts';
import { household, milkGtin, milkSupply } from './kitchen.ts';

const { name, timeZone, language, address } = household;
const evidence = { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' };

interface About {
  /** Waits for a yes. */
  readonly order: Order;
  readonly pairingCode: unknown;
  readonly until: Instant;
}

export const exampleBodies = ({ order, pairingCode, until }: About): Partial<Record<RouteName, unknown>> => ({
  createHousehold: { name, timeZone, language, address },
  foundHousehold: { name, timeZone, language, address, member: 'Eve' },
  addMember: { name: 'Eve', role: 'owner' },
  linkShop: { account: 'acc-eve' },
  addDevice: { deviceType: 'fridge', name: 'Fridge' },
  addSupply: milkConfig,
  offerPairing: { deviceType: 'fridge', model: 'M', slots: [{ slot: 'milk', unit: 'ml' }] },
  pairDevice: { pairingCode, name: 'Fridge' },
  labelDevice: { name: 'Fridge' },
  linkSlot: { supplyId: milkSupply },
  inviteMember: { invitationId: 'inv_eve', name: 'Eva', email: 'eva@example.org', role: 'adult' },
  changeRole: { role: 'adult' },
  decideLead: { decision: 'hand-over', reason: 'a test' },
  keepDraft: { device: '0123456789abcdef', form: '{}' },
  grantMandate: { ...mandateTerms, evidence: { ...evidence, buttonText: 'kaufen', termsHash: mandateTermsHash(mandateTerms) } },
  previewMandate: mandateTerms,
  setStop: { because: 'away' },
  approveOrder: { approvalId: 'apr_eve', quoteHash: order.quote.hash, evidence },
  declineOrder: { reason: 'no' },
  cancelOrder: { reason: 'other' },
  answerSubstitution: { accepted: false, hash: order.quote.hash },
  withdrawContract: { language: 'en' },
  openCase: { about: { kind: 'order', orderId: order.orderId }, kind: 'late', noteId: 'note_eve', text: 'Where is it?' },
  answerSurvey: { answer: 'skip' },
  writeInCase: { noteId: 'note_eve', text: 'Where is it?' },
  solveCase: {},
  answerCase: { noteId: 'note_eve', text: 'Where is it?' },
  closeCase: {},
  openCaseFor: { about: { kind: 'device', thing: 'fridge-anna' }, kind: 'other', noteId: 'note_phoned', text: 'It hums' },
  reopenCaseFor: { noteId: 'note_again', text: 'It hums again' },
  decideIdentity: {
    ...{ purpose: 'call', reason: 'a test', decision: 'block', preview: true },
    from: { node: 'id', type: 'anonymousId', value: 'visitor-of-nobody' },
  },
  noteCall: { callId: 'call_eve', at: START, direction: 'they-called', about: 'order' },
  reopenCase: { noteId: 'note_eve', text: 'Where is it?' },
  countSupply: { countId: 'cnt_eve1', amount: 1, unit: 'l' },
  enterStock: { entryId: 'ent_eve1', gtin: milkGtin, packs: 1 },
  changeSupply: { coverDays: 3 },
  trustSupply: undefined,
  addOwnSupply: {
    ...{ supplyId: 'sup_own', name: 'milk', productLine: 'groceries', products: [{ gtin: milkGtin }] },
    ...{ inHouse: { amount: 1, unit: 'l' }, perWeek: { amount: 1, unit: 'l' } },
  },
  changeDiet: { avoid: ['nuts'] },
  changePreferences: { wish: 'speed', shops: [], shopsMayCostMoreMinor: 0 },
  addListItem: { text: 'soap', quantity: 1 },
  changeListItem: { quantity: 2 },
  turnListItem: { state: 'bought', turn: 1 },
  withdrawOrder: { reason: 'no' },
  changeOrder: {
    ...{ changeId: 'chg_eve', quoteHash: order.quote.hash },
    lines: order.quote.lineItems.map(({ needId, gtin }) => ({ needId, gtin, quantity: 1 })),
  },
  giveConsent: { purpose: 'optional-telemetry', wordingVersion: '2026-11-2', language: 'de' },
  withdrawConsent: { purpose: 'optional-telemetry', wordingVersion: '2026-11', language: 'de' },
  requestErasure: { householdName: 'not Anna' },
  putRetailer: { name: 'Eve', webhookUrl: 'https://eve.example/hooks', apiUrl: 'https://eve.example/api' },
  passConformance: { webhookUrl: 'https://eve.example/hooks', apiUrl: 'https://eve.example/api', findings: [] },
  rotateRetailerKeys: { generation: 1 },
  putPublicKeys: { publicKeys: [] },
  takeMessage: { type: 'order.accepted' },
  putSource: { name: 'Eve' },
  enterReferral: { code: '2222-2222' },
  changeOutreach: { type: 'stop', kind: 'win-back' },
  savePath: { version: 1, on: true },
  putCampaign: { ...shippedCampaigns[0], campaign: 'spring', on: false, from: START, until: until },
  previewCampaign: { ...shippedCampaigns[0], campaign: 'spring', on: false, from: START, until: until },
  steerCampaign: { from: 'app', to: 'tv' },
  importCampaignCosts: { csv: 'channel,from,to,costMinor,currency\n' },
  putCampaignCosts: { costs: [{ day: '2026-03-01', channel: 'app', minor: 0 }] },
  putExperiment: { ...holdout, experiment: 'tried-once' },
  putSubscription: { name: 'Eve', url: 'https://eve.example/hooks' },
  replaySubscription: { from: START, to: START },
  replayHandedOn: { messageId: 'msg_eve', createdAt: START },
});
