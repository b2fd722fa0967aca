/** What a target gets of an event, and where the event goes when the target cannot have it. */

export interface Target {
  readonly arn: string;
  readonly id: string;
  /** `$`, or a path such as `$.detail` to the part that the target gets. */
  readonly inputPath?: string | undefined;
  /** JSON text in which `<name>` stands for the part of the event at a path. */
  readonly transformer?: { readonly InputPathsMap: Readonly<Record<string, string>>; readonly InputTemplate: string } | undefined;
  /** JSON text that the target gets in place of the event. */
  readonly input?: string | undefined;
  readonly deadLetterArn?: string | undefined;
}

/** Resolves when the target has the event durably. */
export type Deliver = (targetArn: string, event: unknown, ruleName: string) => Promise<void>;

export type DeliverEvent = (event: unknown) => Promise<void>;

/**
 * The event goes to every target at once. One that refuses it gets no second try (IAM or a full disk would refuse it again): it goes to the
 * dead-letter queue. Rejects when that cannot have it either, or there is none: whoever published must keep it.
 * @throws Error naming a target whose input is not understood
 */
export function compileTargets(ruleName: string, targets: readonly Target[], deliver: Deliver): DeliverEvent {
  const compiled = targets.map((target) => ({ target, inputOf: compileInput(ruleName, target) }));
  return async (event) => {
    const outcomes = await Promise.allSettled(
      compiled.map(async ({ target: { arn, deadLetterArn }, inputOf }) => {
        try {
          await deliver(arn, inputOf(event), ruleName);
        } catch (error) {
          if (deadLetterArn === undefined) throw error;
          await deliver(deadLetterArn, event, ruleName);
        }
      }),
    );
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }): unknown => reason);
    if (failures.length > 0) throw new AggregateError(failures, `the rule ${ruleName} could not deliver: ${failures.map(messageOf).join('; ')}`);
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function compileInput(ruleName: string, { id, input, transformer, inputPath = '$' }: Target): (event: unknown) => unknown {
  if (transformer !== undefined) {
    const parts = Object.entries(transformer.InputPathsMap).map(([name, path]) => [name, compilePath(ruleName, id, path)] as const);
    return (event) => {
      const filled = parts.reduce(
        (text, [name, partOf]) => text.replaceAll(`<${name}>`, () => JSON.stringify(partOf(event) ?? null)),
        transformer.InputTemplate,
      );
      return parseInput(ruleName, id, filled);
    };
  }
  if (input !== undefined) {
    const constant = parseInput(ruleName, id, input);
    return () => constant;
  }
  return compilePath(ruleName, id, inputPath);
}

function compilePath(ruleName: string, id: string, inputPath: string): (event: unknown) => unknown {
  const [root, ...names] = inputPath.split('.');
  if (root !== '$' || names.some((name) => !/^[A-Za-z0-9_-]+$/.test(name)))
    throw new Error(`the target ${id} of the rule ${ruleName}: expected an input path such as $.detail, not ${inputPath}`);
  return (event) =>
    names.reduce<unknown>(
      (part, name) => (typeof part === 'object' && part !== null ? Object.entries(part).find(([key]) => key === name)?.[1] : undefined),
      event,
    );
}

function parseInput(ruleName: string, id: string, input: string): unknown {
  try {
    return JSON.parse(input);
  } catch (cause) {
    throw new Error(`the target ${id} of the rule ${ruleName}: expected an input of JSON`, { cause });
  }
}
