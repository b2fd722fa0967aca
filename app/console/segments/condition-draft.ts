/** A condition while somebody builds it: alternatives, each of which is several conditions that hold together. What has another shape is edited as text. */
import type { Condition, Leaf } from '../../../shared/journey/standing/condition.ts';
import type { Phase } from '../../../shared/journey/words.ts';

export const leafKinds = ['count', 'share', 'daysSince', 'phase', 'tier', 'health', 'prediction', 'figure', 'field', 'spent', 'campaign', 'channel'] as const;
export type LeafKind = (typeof leafKinds)[number];
export const tiers = ['none', 'silver', 'gold', 'platinum'] as const;
export type TierName = (typeof tiers)[number];

/** Every kind's fields at once, so that changing the kind loses nothing. Shares and money as people type them: percent and euros. */
export interface LeafDraft {
  readonly kind: LeafKind;
  readonly isNot: boolean;
  readonly types: readonly string[];
  /** Of a share: what it is of. */
  readonly of: readonly string[];
  readonly least?: number | undefined;
  readonly which: 'first' | 'last';
  /** Of a campaign, channel, figure, field or prediction. */
  readonly name: string;
  readonly values: readonly string[];
  readonly phase: Phase;
  readonly line: string;
  readonly tiers: readonly TierName[];
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  readonly days?: number | undefined;
}
export type ConditionDraft = readonly (readonly LeafDraft[])[];

export const newLeaf = (kind: LeafKind = 'count'): LeafDraft => ({
  ...{ kind, isNot: false, types: [], of: [], which: 'last', name: '', values: [], phase: 'loyalty', line: '', tiers: [] },
});

/** By what a figure has to be multiplied to be as people say it: a share in percent, minor units in euros. */
const scaleOf: Readonly<Record<LeafKind, number>> = {
  ...{ count: 1, daysSince: 1, phase: 1, tier: 1, figure: 1, field: 1, campaign: 1, channel: 1 },
  ...{ share: 100, health: 100, prediction: 100, spent: 0.01 },
};
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
const given = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });

export function leafOf(draft: LeafDraft): Condition {
  const leaf = bareLeaf(draft);
  return draft.isNot ? { not: leaf } : leaf;
}

function bareLeaf({ kind, types, of, least, which, name, values, phase, line, tiers: chosen, atLeast, atMost, days }: LeafDraft): Leaf {
  const scale = scaleOf[kind];
  const scaled = (value: number | undefined) => (value === undefined ? undefined : rounded(value / scale));
  const bounds = { ...given('atLeast', scaled(atLeast)), ...given('atMost', scaled(atMost)) };
  const within = given('days', days);
  const inLine = line === '' ? {} : { line };
  switch (kind) {
    case 'count':
      return { count: [...types], ...within, ...inLine, ...bounds };
    case 'share':
      return { share: [...types], of: [...of], least: least ?? 1, ...within, ...inLine, ...bounds };
    case 'daysSince':
      return { daysSince: [...types], which, ...bounds };
    case 'phase':
      return { phase, ...inLine };
    case 'tier':
      return { tier: [...chosen] };
    case 'health':
      return { health: 'score', ...bounds };
    case 'prediction':
      return { prediction: name, ...bounds };
    case 'figure':
      return { figure: name, ...bounds };
    case 'field':
      return { field: name, is: values.map(booleanOf) };
    case 'spent':
      return { spentMinor: 'delivered', ...within, ...inLine, ...bounds };
    case 'campaign':
      return { campaign: name, ...within, ...bounds };
    case 'channel':
      return { channel: name, ...within, ...bounds };
    default:
      return kind satisfies never;
  }
}
const booleanOf = (text: string): string | boolean => (text === 'true' ? true : text === 'false' ? false : text);

export function conditionOf(groups: ConditionDraft): Condition {
  const alternatives = groups.map((group): Condition => {
    const [first, ...more] = group.map(leafOf);
    return first !== undefined && more.length === 0 ? first : { all: group.map(leafOf) };
  });
  const [only, ...others] = alternatives;
  return only !== undefined && others.length === 0 ? only : { any: alternatives };
}

/** Undefined for a condition of another shape. */
export function draftOf(condition: Condition): ConditionDraft | undefined {
  const groups = ('any' in condition ? condition.any : [condition]).map((part) => ('all' in part ? part.all : [part]).map(draftOfLeaf));
  const known = groups.map((group) => group.flatMap((leaf) => leaf ?? []));
  return groups.every((group, index) => group.length === known[index]?.length) ? known : undefined;
}

function draftOfLeaf(condition: Condition): LeafDraft | undefined {
  if ('all' in condition || 'any' in condition) return undefined;
  if (!('not' in condition)) return ofLeaf(condition);
  const inside = draftOfLeaf(condition.not);
  return inside === undefined || inside.isNot ? undefined : { ...inside, isNot: true };
}

function ofLeaf(leaf: Leaf): LeafDraft {
  const draft = {
    ...newLeaf(kindOf(leaf)),
    ...('line' in leaf && leaf.line !== undefined && { line: leaf.line }),
    ...('days' in leaf && given('days', leaf.days)),
  };
  const scale = scaleOf[draft.kind];
  const shown = (value: number | undefined) => (value === undefined ? undefined : rounded(value * scale));
  const bounded = { ...draft, ...('atLeast' in leaf && given('atLeast', shown(leaf.atLeast))), ...('atMost' in leaf && given('atMost', shown(leaf.atMost))) };
  if ('count' in leaf) return { ...bounded, types: leaf.count };
  if ('share' in leaf) return { ...bounded, types: leaf.share, of: leaf.of, least: leaf.least };
  if ('daysSince' in leaf) return { ...bounded, types: leaf.daysSince, which: leaf.which };
  if ('phase' in leaf) return { ...bounded, phase: leaf.phase };
  if ('tier' in leaf) return { ...bounded, tiers: leaf.tier };
  if ('field' in leaf) return { ...bounded, name: leaf.field, values: leaf.is.map(String) };
  const name =
    'prediction' in leaf ? leaf.prediction : 'figure' in leaf ? leaf.figure : 'campaign' in leaf ? leaf.campaign : 'channel' in leaf ? leaf.channel : '';
  return { ...bounded, name };
}

const kindOf = (leaf: Leaf): LeafKind => ('spentMinor' in leaf ? 'spent' : (leafKinds.find((kind) => kind in leaf) ?? 'count'));
