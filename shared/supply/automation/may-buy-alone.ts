/** Whether a permission may buy an item without asking. Without zod, for the app. */
import type { Instant } from '../../values.ts';
import type { ShadowScore } from './shadow.ts';

/**
 * A person's last word holds: granting it for this very product, granting it while the item was there, or saying “trust it”, all after what
 * has been withdrawn.
 */
export function mayBuyAlone(score: ShadowScore, permission: { readonly grantedAt: Instant; readonly namesProduct: boolean }): boolean {
  const { standing, since, withdrawnAt, trustedAt } = score;
  const { grantedAt, namesProduct } = permission;
  if (standing === 'earned') return true;
  if (standing === 'withdrawn') return withdrawnAt === undefined || grantedAt > withdrawnAt || (trustedAt !== undefined && trustedAt >= withdrawnAt);
  return namesProduct || trustedAt !== undefined || since === undefined || since <= grantedAt;
}
