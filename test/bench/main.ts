/** `npm run bench -- NAME`: what the product costs on this machine. Nothing is asserted: a machine that is busy gives other figures. */
const benches: Readonly<Record<string, { readonly shows: string; run(): Promise<void> }>> = {
  app: {
    shows: 'bytes of the app’s first view and of each page, and the seconds until it is drawn on a slow phone',
    run: async () => (await import('./app.ts')).app(),
  },
  baskets: {
    shows: 'deliveries, fees and stock of half a year, with and without what comes along and what is bought while it is cheap',
    run: async () => (await import('./baskets.ts')).baskets(),
  },
  emotion: {
    shows: 'how well the emotion curve follows the hidden mood of simulated households, and what each source adds',
    run: async () => (await import('./emotion.ts')).emotion(),
  },
  exception: {
    shows: 'messages and writes a day against the error of the projected stockout, by how much a device waits before it tells',
    run: async () => (await import('./exception.ts')).exception(),
  },
  journey: {
    shows: 'what a touchpoint costs until reports know it, beside the store’s bare append, with 1,000 and with 100,000 before it',
    run: async () => (await import('./journey.ts')).journey(),
  },
  pipeline: {
    shows: 'messages a second through the whole flow, writes a message, delay, and what each function loads',
    run: async () => (await import('./pipeline.ts')).pipeline(),
  },
  shops: {
    shows: 'what one shop of twenty that never answers costs the orders for all others',
    run: async () => (await import('./shops.ts')).shops(),
  },
  tank: {
    shows: 'what oil costs over a year and a half, bought when it is low, and with an eye on its price',
    run: async () => (await import('./tank.ts')).tank(),
  },
};

const [name = ''] = process.argv.slice(2);
// The SDK tells every program of an older Node.js to update it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
// What a bench writes itself is no news.
Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' });
const bench = benches[name];
if (bench === undefined) {
  const known = Object.entries(benches).map(([one, { shows }]) => `  npm run bench -- ${one.padEnd(12)} ${shows}`);
  process.stdout.write(`${name === '' ? 'Which bench?' : `There is no bench ${name}.`}\n\n${known.join('\n')}\n`);
  process.exitCode = name === '' ? 0 : 2;
} else {
  await bench.run();
  // Some leave doors open for whatever would come next.
  process.exit();
}
