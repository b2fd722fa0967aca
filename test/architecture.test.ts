/** Tests about the repository: where code may stand and what it may know. */
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventDataSchemas } from '../shared/events.ts';
import { touchpointCatalogue } from '../shared/journey/catalogue.ts';

const root = path.join(import.meta.dirname, '..');
const sources = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') || file.endsWith('.tsx'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
/** Comments may speak of what code may not do. */
const code = (file: string): string => text(file).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

const OURS = ['shared', 'functions', 'device-sim', 'retailer-sim', 'infra', 'app'];

/** `from` may know what is listed, packages and Node.js built-ins apart, and nothing else of ours. */
const mayKnow: Record<string, string[]> = {
  shared: ['shared'],
  functions: ['functions', 'shared'],
  'device-sim': ['device-sim', 'shared/device', 'shared/values.ts'],
  'retailer-sim': ['retailer-sim'],
  app: ['app', 'shared', 'functions/household-api/contract.ts', 'functions/journey-api/contract.ts'],
};

describe('the arrows', () => {
  it('point one way and go in no circle', async () => {
    const { output } = await cruise(OURS, {
      baseDir: root,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      validate: true,
      ruleSet: {
        forbidden: [
          { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
          ...Object.entries(mayKnow).map(([from, to]) => ({
            name: `${from}-knows-too-much`,
            severity: 'error' as const,
            from: { path: `^${from}/` },
            to: { path: '^(shared|functions|device-sim|retailer-sim|infra|test)/', pathNot: to.map((place) => `^${place}(/|$)`) },
          })),
          { name: 'the-app-runs-no-function', severity: 'error', from: { path: '^app/' }, to: { path: '^functions/', dependencyTypesNot: ['type-only'] } },
          {
            name: 'the-cloud-knows-no-product',
            severity: 'error',
            from: { path: '^infra/local/(store|queues|bus|broker|endpoint|functions|http|secrets|template|conductor)/' },
            to: { path: '^functions/' },
          },
        ],
      },
    });
    const { summary } = output as ICruiseResult;
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(100);
    // Eight hundred files are read.
  }, 120_000);
});

describe('shared', () => {
  const PACKAGES = /from '((?!\.)[^']+)'/g;

  it('imports zod, small maths and itself, and of Node.js only deterministic functions', () => {
    const allowed = [/^zod$/, /^@noble\/hashes\//];
    const foreign = sources('shared').flatMap((file) =>
      Array.from(text(file).matchAll(PACKAGES), ([, name = '']) => name)
        .filter(
          (name) =>
            !allowed.some((pattern) => pattern.test(name)) &&
            !(['shared/retailer/webhook.ts', 'shared/retailer/ed25519.ts'].includes(file) && name === 'node:crypto'),
        )
        .map((name) => `${file}: ${name}`),
    );
    expect(foreign).toEqual([]);
    expect(text('shared/retailer/webhook.ts')).toMatch(/import \{ createHmac, timingSafeEqual \} from 'node:crypto'/);
    expect(text('shared/retailer/ed25519.ts')).toMatch(/import \{ createPrivateKey, createPublicKey, sign, verify, type KeyObject \} from 'node:crypto'/);
  });

  it('knows no clock, chance, environment, network or log', () => {
    const impure = /Date\.now|new Date\(\)|Math\.random|randomUUID|process\.|performance\.|console\.|fetch\(|setTimeout|setInterval/;
    expect(sources('shared').filter((file) => impure.test(code(file)))).toEqual([]);
  });
});

describe('functions', () => {
  const handlers = sources('functions').filter((file) => file.split('/').length === 2);

  it('ask the time in one place only', () => {
    const asking = sources('functions').filter((file) => /Date\.now|new Date\(\)|hrtime|performance\.now/.test(code(file)));
    expect(asking).toEqual(['functions/runtime/clock.ts']);
  });

  it('read the environment in one place only', () => {
    expect(sources('functions').filter((file) => code(file).includes('process.env'))).toEqual(['functions/runtime/environment.ts']);
  });

  it('each export a handler, and the handler is a sentence', () => {
    expect(handlers.filter((file) => !/export const handler = /.test(text(file)))).toEqual([]);
    const long = handlers.filter((file) => {
      const [, body = ''] = code(file).split('export const handler = ');
      return body.split('\n').filter((line) => line.trim() !== '').length > 40;
    });
    expect(long).toEqual([]);
  });
});

describe('the catalogue of events', () => {
  it('has for every event a touchpoint or the reason why it has none', () => {
    expect(Object.keys(touchpointCatalogue).sort()).toEqual(Object.keys(eventDataSchemas).sort());
  });

  it('holds no event that nobody ever says', () => {
    const said = [...sources('shared'), ...sources('functions')]
      .filter((file) => !/^shared\/(?:\w+-)?events\.ts$/.test(file) && file !== 'shared/journey/catalogue.ts')
      .map(text)
      .join('\n');
    expect(Object.keys(eventDataSchemas).filter((type) => !said.includes(`'${type}'`))).toEqual([]);
  });
});
