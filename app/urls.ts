/** Every page of the app: its path with placeholders, for the router, and its address, for whoever links to it. */

export const paths = {
  home: '/app/',
  signedIn: '/app/signed-in',
  supplies: '/app/supplies',
  addSupply: '/app/supplies/add',
  diet: '/app/supplies/diet',
  supply: '/app/supplies/:supplyId',
  supplySettings: '/app/supplies/:supplyId/settings',
  list: '/app/list',
  scan: '/app/scan',
  approval: '/app/approvals/:orderId',
  orders: '/app/orders',
  order: '/app/orders/:orderId',
  why: '/app/orders/:orderId/why',
  withdraw: '/app/withdraw',
  case: '/app/cases/:caseId',
  mandates: '/app/mandates',
  newMandate: '/app/mandates/new',
  mandate: '/app/mandates/:mandateId',
  endMandate: '/app/end-mandate',
  statement: '/app/statement/:month?',
  devices: '/app/devices',
  addDevice: '/app/devices/add',
  lesson: '/app/devices/:thing/lesson',
  device: '/app/devices/:thing',
  members: '/app/members',
  preferences: '/app/preferences',
  data: '/app/data',
  more: '/app/more',
  console: '/app/console/',
  agent: '/app/console/households/:householdId',
  story: '/app/console/households/:householdId/story',
  map: '/app/console/households/:householdId/map',
  figures: '/app/console/figures',
  steps: '/app/console/steps',
  improve: '/app/console/improve',
  looks: '/app/console/looks',
} as const;

/** The company's side: another frame, and a sign-in of its own. */
export const isConsole = (path: string): boolean => /^\/app\/console(\/|\?|$)/.test(path);

/** Nobody has to sign in there. */
export const publicPaths: readonly string[] = [paths.withdraw, paths.endMandate];

const part = encodeURIComponent;

export const urls = {
  home: paths.home,
  supplies: paths.supplies,
  addSupply: paths.addSupply,
  /** With a number that was scanned. */
  addSupplyFor: (gtin: string) => `/app/supplies/add?gtin=${part(gtin)}`,
  diet: paths.diet,
  supply: (supplyId: string) => `/app/supplies/${part(supplyId)}`,
  supplySettings: (supplyId: string) => `/app/supplies/${part(supplyId)}/settings`,
  list: paths.list,
  /** With a number that was scanned. */
  listFor: (gtin: string) => `/app/list?gtin=${part(gtin)}`,
  scan: paths.scan,
  approval: (orderId: string) => `/app/approvals/${part(orderId)}`,
  orders: paths.orders,
  order: (orderId: string) => `/app/orders/${part(orderId)}`,
  why: (orderId: string) => `/app/orders/${part(orderId)}/why`,
  withdraw: paths.withdraw,
  case: (caseId: string) => `/app/cases/${part(caseId)}`,
  mandates: paths.mandates,
  newMandate: paths.newMandate,
  /** For what has just been bought by hand. */
  newMandateFor: (gtins: readonly string[]) => `/app/mandates/new?gtins=${part(gtins.join(','))}`,
  mandate: (mandateId: string) => `/app/mandates/${part(mandateId)}`,
  /** Behind the #, because no server and no log sees that. */
  endMandate: (token: string) => `/app/end-mandate#${token}`,
  /** @param month `YYYY-MM`; without it the current one */
  statement: (month?: string) => (month === undefined ? '/app/statement' : `/app/statement/${part(month)}`),
  devices: paths.devices,
  addDevice: paths.addDevice,
  lesson: (thing: string) => `/app/devices/${part(thing)}/lesson`,
  device: (thing: string) => `/app/devices/${part(thing)}`,
  members: paths.members,
  preferences: paths.preferences,
  data: paths.data,
  more: paths.more,
  console: paths.console,
  agent: (householdId: string) => `/app/console/households/${part(householdId)}`,
  story: (householdId: string) => `/app/console/households/${part(householdId)}/story`,
  map: (householdId: string) => `/app/console/households/${part(householdId)}/map`,
  figures: paths.figures,
  steps: paths.steps,
  improve: paths.improve,
  looks: paths.looks,
} as const;
