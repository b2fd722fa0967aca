/** Our rules as a pack of cdk-nag: findings are reported, and acknowledged beside the construct, exactly like those of AWS's own pack. */
import { Stack, type CfnResource } from 'aws-cdk-lib';
import { NagMessageLevel, NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { z } from 'zod';
import { houseRules } from './house-rules.ts';
import { readResources } from './template.ts';

export class HouseChecks extends NagPack {
  override readonly name = 'NachschubChecks';
  /** Logical id → rule → what is wrong, without blanks, as acknowledgements are kept. Rules look at how resources hang together, so they are run once over all. */
  private readonly details = new Map<string, Map<string, string[]>>();

  /** @param template the synthesized template of the stack that is checked */
  constructor(scope: IConstruct, template: unknown) {
    super(scope);
    this.packName = 'Nachschub';
    const resources = readResources(template);
    for (const { name, check } of houseRules) {
      for (const { resource, detail } of check(resources)) {
        const rules = this.details.get(resource) ?? new Map<string, string[]>();
        this.details.set(resource, rules.set(name, [...(rules.get(name) ?? []), detail.replaceAll(/\s/g, '-')]));
      }
    }
  }

  protected override checkResource(node: CfnResource): void {
    const found = this.details.get(z.string().parse(Stack.of(node).resolve(node.logicalId)));
    for (const { name, why } of houseRules) {
      this.applyRule({ ruleSuffixOverride: name, info: why, explanation: why, level: NagMessageLevel.ERROR, node, rule: () => found?.get(name) ?? [] });
    }
  }
}
