/** What each door is for, in one line. A route without one does not compile. */
import type { RouteName } from '../../shared/api/routes.ts';

export const summaries: Record<RouteName, string> = {
  describeApi: 'Reads this document',
  createHousehold: 'Creates a household or changes how it is called and where it lives',
  addMember: 'Lets a person into a household, or changes what that person may do there',
  removeMember: 'Removes a person from a household, who is a stranger there from then on',
  linkShop: 'Links the account that a household has with a shop, which will be charged',
  addDevice: 'Adds a thing to a household; the first who claims a thing holds it',
  addSupply: 'Adds a supply, measured by a slot of a device or reckoned without one',
  grantMandate: 'Grants a standing permission to buy within the limits that were shown',
  endMandate: 'Ends a mandate; what was approved under it stands',
  readHousehold: 'Reads a household at a glance: people, devices, supplies and what they have spent',
  listOrders: 'Lists the orders of a household',
  readOrder: 'Reads one order, what may be done about it and why it was proposed',
  approveOrder: 'Approves an order as it was shown, under a button with the words of the law',
  declineOrder: 'Declines an order that waits for an answer',
  withdrawOrder: 'Withdraws an order that no shop has been told of yet',
  readJourney: 'Reads the touchpoints of a household and the profile folded from them',
  putRetailer: 'Sets a shop up, or lets one that was disabled take orders again; answers its keys',
  readDeliveries: 'Lists the messages to a shop with every attempt',
  listRetailerOrders: 'Lists the orders that a shop was told of, as they stand',
  takeMessage: 'Takes a shop’s signed message: its offers, or an answer about an order',
  track: 'Stores one touchpoint from outside, once',
  batch: 'Stores up to a hundred touchpoints from outside, each once',
};
