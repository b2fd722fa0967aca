/** A campaign as the console's API shows it. */
import type { Answer } from '../../api/contract-types.ts';

export type View = Answer<'listCampaigns'>['campaigns'][number];
