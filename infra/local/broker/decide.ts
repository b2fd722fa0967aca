/** Who may do what: the IoT policies decide, those of the template about things and those of the authorizer's answer about an app. */
import type { Action, Policy } from './policy.ts';
import type { PolicyContext } from './policy-resource.ts';

export type Decision = 'allow' | Readonly<{ deny: string }>;
/** @param resource the client id, topic or topic filter, already well formed. */
export type Decide = (action: Action, resource: string) => Decision;

/** As IAM decides: one Deny outweighs every Allow, and what nothing allows is denied. @param who for the reason that a refusal states */
export function decideBy(policies: readonly Policy[], who: string, context: PolicyContext): Decide {
  const bound = policies.map((policy) => policy.of(context));
  return (action, resource) => {
    const effects = bound.flatMap((effectsOn) => effectsOn(action, resource));
    if (effects.includes('Allow') && !effects.includes('Deny')) return 'allow';
    return { deny: `${who} may not ${action} ${JSON.stringify(resource)}` };
  };
}
