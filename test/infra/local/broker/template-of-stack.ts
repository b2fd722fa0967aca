/** The stack's template as the local cloud reads it. What the functions do is of no interest here, so their bundles are empty. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { functionNames } from '../../../../infra/bundle.ts';
import { readAssembly, type Template } from '../../../../infra/local/template/read-assembly.ts';
import { makeBothStacks } from '../../../../infra/both-stacks.ts';
import { emptySite } from '../../synthesized.ts';

export function templateOfStack(): Template {
  const directory = mkdtempSync(join(tmpdir(), 'stack-'));
  try {
    process.env['NACHSCHUB_BUNDLES'] = join(directory, 'bundles');
    emptySite();
    for (const name of functionNames()) {
      mkdirSync(join(directory, 'bundles', name), { recursive: true });
      writeFileSync(join(directory, 'bundles', name, 'index.mjs'), '');
    }
    const outdir = join(directory, 'assembly');
    const app = new App({ analyticsReporting: false, outdir, context: { 'aws:cdk:disable-asset-staging': true } });
    makeBothStacks(app, { env: { region: 'eu-central-1' } });
    app.synth();
    return readAssembly(outdir, { endpointUrl: 'http://127.0.0.1:4566' });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
