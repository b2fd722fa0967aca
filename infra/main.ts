/** `cdk` and `npm run synth` start here: bundles the functions, then synthesizes the stacks; needs no account and no network. */
import { App } from 'aws-cdk-lib';
import { join } from 'node:path';
import { z } from 'zod';
import { retailerIdSchema } from '../shared/values.ts';
import { bundleFunctions } from './bundle.ts';
import { makeBothStacks } from './both-stacks.ts';
import { buildApp } from './site/build.ts';

const [, buildSeconds] = await Promise.all([bundleFunctions(), buildApp()]);
process.stdout.write(buildSeconds === undefined ? 'The app is as it was built last\n' : `Built the app in ${buildSeconds.toFixed(1)} s\n`);
const app = new App({
  analyticsReporting: false,
  context: { 'aws:cdk:enable-path-metadata': true },
  outdir: process.env['CDK_OUTDIR'] ?? join(import.meta.dirname, '..', 'cdk.out'),
});
// Households' data stays in the EU unless whoever deploys says otherwise (`-c region=…`); tables with a key of our own need to know where they are.
const region = z.string().default('eu-central-1').parse(app.node.tryGetContext('region'));
// A list in `cdk.json`, or `-c retailers=rt_frischhof,rt_morgenkorb`.
const retailers = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))])
  .default([])
  .pipe(z.array(retailerIdSchema))
  .parse(app.node.tryGetContext('retailers'));
makeBothStacks(app, { env: { region }, retailers });
app.synth();
