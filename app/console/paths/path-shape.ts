/** A path while somebody builds it: of the shape of a path, though fields may still be empty. What it has to be is said by the schema (path-faults.ts). */
import type { AskedOfHousehold, Path } from '../../../shared/journey/conversion-path/path.ts';

export type Definition = Path;
export type Step = Definition['steps'][number];
export type StepKind = Step['step'];
export type Wait = Extract<Step, { step: 'wait' }>;
export type Content = Definition['contents'][string];
export type Asked = AskedOfHousehold;

/** The list says of a definition only that it is one. */
export const isDefinition = (given: unknown): given is Definition =>
  typeof given === 'object' && given !== null && 'steps' in given && 'trigger' in given && 'contents' in given;

export const blankContent = (): Content => ({ de: { title: '', text: '' }, en: { title: '', text: '' }, reason: { de: '', en: '' } });

export const blankPath = (): Definition => ({
  path: '',
  name: { de: '', en: '' },
  goal: { de: '', en: '' },
  key: 'household',
  trigger: { on: [] },
  success: [{ on: [] }],
  exits: [],
  steps: [
    { step: 'wait', until: 'passed', minutes: 24 * 60 },
    { step: 'message', content: 'message-1', channels: ['app'] },
  ],
  reentry: { afterDays: 30 },
  lapsesAfterDays: 14,
  purpose: 'service',
  phase: 'loyalty',
  contents: { 'message-1': blankContent() },
  controlShare: 10,
});

/** The same under another name, which somebody has to give it. */
export const copyOf = (definition: Definition, suffix: { readonly de: string; readonly en: string }): Definition => ({
  ...definition,
  path: '',
  name: { de: `${definition.name.de} ${suffix.de}`, en: `${definition.name.en} ${suffix.en}` },
});

export const contentsUsed = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) =>
    step.step === 'branch' ? [...contentsUsed(step.then), ...contentsUsed(step.otherwise)] : step.step === 'message' ? [step.content] : [],
  );

/** Words that no message says (any more) are not kept; a message without words gets empty ones to fill in. */
export function withContents(draft: Definition): Definition {
  const used = contentsUsed(draft.steps);
  return { ...draft, contents: Object.fromEntries(used.map((name) => [name, draft.contents[name] ?? blankContent()])) };
}

export function freshContentName(draft: Definition): string {
  const taken = new Set([...contentsUsed(draft.steps), ...Object.keys(draft.contents)]);
  let number = 1;
  while (taken.has(`message-${number}`)) number += 1;
  return `message-${number}`;
}

export function newStep(kind: StepKind, draft: Definition): Step {
  switch (kind) {
    case 'wait':
      return { step: 'wait', until: 'passed', minutes: 24 * 60 };
    case 'message':
      return { step: 'message', content: freshContentName(draft), channels: ['app'] };
    case 'task':
      return { step: 'task', task: '', because: '' };
    case 'recommend':
      return { step: 'recommend', action: '', because: '' };
    case 'branch':
      return { step: 'branch', if: { health: { atMost: 0.4 } }, then: [], otherwise: [] };
    default:
      return kind satisfies never;
  }
}

export function newWait(until: Wait['until']): Wait {
  if (until === 'passed') return { step: 'wait', until, minutes: 24 * 60 };
  if (until === 'before-deadline') return { step: 'wait', until, deadline: ['expiresAt'], minutes: 120, otherwiseMinutes: 12 * 60 };
  return { step: 'wait', until, deadline: ['expiresAt', 'runsOutAt'], share: 0.5, otherwiseMinutes: 12 * 60 };
}

export const askedKinds = ['health', 'phases', 'tiers', 'segments', 'consent', 'where'] as const;
export type AskedKind = (typeof askedKinds)[number];
export const askedKind = (asked: Asked): AskedKind => askedKinds.find((kind) => kind in asked) ?? 'where';

export function newAsked(kind: AskedKind): Asked {
  switch (kind) {
    case 'health':
      return { health: { atMost: 0.4 } };
    case 'phases':
      return { phases: [] };
    case 'tiers':
      return { tiers: [] };
    case 'segments':
      return { segments: [] };
    case 'consent':
      return { consent: 'profiling' };
    case 'where':
      return { where: { count: [], atLeast: 1 } };
    default:
      return kind satisfies never;
  }
}
