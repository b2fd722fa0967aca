/** `cdk` and `npm run synth` start here: bundles the functions, then synthesizes the stack; needs no account and no network. */
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle.ts';
import { NachschubStack } from './nachschub-stack.ts';

await bundleFunctions();
const app = new App({ analyticsReporting: false });
new NachschubStack(app, 'Nachschub', { description: 'Lets connected things buy' });
app.synth();
