/** Reads the CloudFormation templates that `cdk synth` made, with every value as it would stand in the account. */
import { readAssemblyFiles, type AssemblyFiles, type StackTemplate } from './assembly-files.ts';
import { ACCOUNT_ID, identify, PARTITION, REGION, type Identity } from './identity.ts';
import { evaluateCondition, NO_VALUE, resolve, type Scope } from './intrinsics.ts';
import { refuseUnknown } from './supported.ts';

export interface ResolvedResource extends Identity {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly stack: string;
  /** The construct's path (`aws:cdk:path`): what the source code calls it. */
  readonly path: string;
}

export interface Template {
  readonly resources: readonly ResolvedResource[];
  /** The unpacked bundle that `Code.S3Key` names. */
  assetPath(s3Key: string): string;
  /** By the output's logical id, or `Stack.Output` where two stacks have the same. */
  output(name: string): string;
}

export interface ReadOptions {
  /** Where the AWS APIs answer on this machine. */
  readonly endpointUrl: string;
  /** Who signs the tokens of the user pool on this machine. */
  readonly issuer?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** SSM parameters exist in an account only; CDK's BootstrapVersion is one, and nothing refers to it but a rule about deploying. */
const isSsmParameter = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::');

class Assembly {
  readonly #files: AssemblyFiles;
  readonly #endpointUrl: string;
  readonly #issuer: string | undefined;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #resolved = new Map<string, ResolvedResource>();
  /** What is being resolved right now, outermost first: meeting one of them again is a circle. */
  readonly #under: string[] = [];

  constructor(files: AssemblyFiles, options: ReadOptions) {
    this.#files = files;
    this.#endpointUrl = options.endpointUrl.replace(/\/$/, '');
    this.#issuer = options.issuer;
    this.#parameters = options.parameters ?? {};
    this.#checkParameters();
  }

  #checkParameters(): void {
    for (const name of Object.keys(this.#parameters)) {
      if (!this.#files.stacks.some(({ template }) => Object.hasOwn(template.Parameters, name))) throw new Error(`no stack has a parameter ${name}`);
    }
    for (const { name: stack, template } of this.#files.stacks) {
      for (const [name, { Type, Default }] of Object.entries(template.Parameters)) {
        if (!isSsmParameter(Type) && Default === undefined && this.#parameters[name] === undefined)
          throw new Error(`${stack}: parameter ${name} needs a value`);
      }
    }
  }

  get resources(): readonly ResolvedResource[] {
    return this.#files.stacks.flatMap(({ name: stack, template }) =>
      Object.keys(template.Resources)
        .filter((logicalId) => this.#exists(stack, template, logicalId))
        .map((logicalId) => this.#resource(stack, template, logicalId)),
    );
  }

  output(name: string): string {
    const found = this.#files.stacks.flatMap(({ name: stack, template }) =>
      Object.entries(template.Outputs)
        .filter(([id]) => id === name || `${stack}.${id}` === name)
        .map(([id, { Value }]) => resolve(Value, this.#scope(stack, template, `output ${id}`))),
    );
    const [value, ...others] = found;
    if (value === undefined) throw new Error(`no stack has an output ${name}`);
    if (others.length > 0) throw new Error(`several stacks have an output ${name}: put the stack's name and a dot before it`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  #resource(stack: string, template: StackTemplate, logicalId: string): ResolvedResource {
    const key = `${stack}/${logicalId}`;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const declared = template.Resources[logicalId];
    if (declared === undefined) throw new Error(`${stack}: no resource ${logicalId}`);
    if (this.#under.includes(key)) throw new Error(`circular reference: ${[...this.#under.slice(this.#under.indexOf(key)), key].join(' → ')}`);
    this.#under.push(key);
    const scope = this.#scope(stack, template, `${logicalId} (${declared.Type})`);
    const properties = Object.fromEntries(
      Object.entries(declared.Properties)
        .map(([name, value]) => [name, resolve(value, scope)] as const)
        .filter(([, value]) => value !== NO_VALUE),
    );
    for (const before of [declared.DependsOn].flat()) if (this.#exists(stack, template, before)) this.#resource(stack, template, before);
    this.#under.pop();
    const where = { endpointUrl: this.#endpointUrl, issuer: this.#issuer };
    const identity = identify(declared.Type, { logicalId, derivedName: this.#derivedName(stack, logicalId), properties, ...where });
    const resource = { ...identity, logicalId, type: declared.Type, properties, stack, path: declared.Metadata?.['aws:cdk:path'] ?? key };
    this.#resolved.set(key, resource);
    return resource;
  }

  /** Names live in one account: only the first stack's resource goes by the bare logical id. */
  #derivedName(stack: string, logicalId: string): string {
    const first = this.#files.stacks.find(({ template }) => Object.hasOwn(template.Resources, logicalId));
    return first?.name === stack ? logicalId : `${stack}-${logicalId}`;
  }

  #scope(stack: string, template: StackTemplate, where: string): Scope {
    const scope: Scope = {
      where: `${stack}/${where}`,
      ref: (name) => this.#ref(stack, template, name, where),
      attribute: (logicalId, attribute) => {
        const { type, attributes } = this.#existing(stack, template, logicalId, where);
        const value = attributes[attribute];
        if (value === undefined) throw new Error(`${stack}/${where}: ${logicalId} (${type}) has no attribute ${attribute} here`);
        return value;
      },
      condition: (name) => {
        if (!Object.hasOwn(template.Conditions, name)) throw new Error(`${stack}/${where}: no condition ${name}`);
        return evaluateCondition(template.Conditions[name], scope);
      },
      mapping: (map, first, second) => {
        const value = template.Mappings[map]?.[first]?.[second];
        if (value === undefined) throw new Error(`${stack}/${where}: no mapping ${map}.${first}.${second}`);
        return value;
      },
      exported: (name) => this.#exported(name, `${stack}/${where}`),
    };
    return scope;
  }

  #ref(stack: string, template: StackTemplate, name: string, where: string): unknown {
    const pseudo: Record<string, unknown> = {
      'AWS::Region': REGION,
      'AWS::AccountId': ACCOUNT_ID,
      'AWS::Partition': PARTITION,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack,
      'AWS::StackId': `arn:${PARTITION}:cloudformation:${REGION}:${ACCOUNT_ID}:stack/${stack}/local`,
      'AWS::NoValue': NO_VALUE,
    };
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    const parameter = template.Parameters[name];
    if (parameter === undefined) return this.#existing(stack, template, name, where).ref;
    const value = this.#parameters[name] ?? parameter.Default;
    if (isSsmParameter(parameter.Type)) throw new Error(`${stack}/${where}: parameter ${name} lives in Systems Manager, which is not here`);
    return /^(CommaDelimitedList|List<)/.test(parameter.Type) ? String(value).split(',') : String(value);
  }

  #existing(stack: string, template: StackTemplate, logicalId: string, where: string): ResolvedResource {
    const declared = template.Resources[logicalId];
    if (declared === undefined) throw new Error(`${stack}/${where}: refers to ${logicalId}, which is neither a resource nor a parameter`);
    if (!this.#exists(stack, template, logicalId)) throw new Error(`${stack}/${where}: refers to ${logicalId}, which its condition leaves out`);
    return this.#resource(stack, template, logicalId);
  }

  #exists(stack: string, template: StackTemplate, logicalId: string): boolean {
    const condition = template.Resources[logicalId]?.Condition;
    return condition === undefined || this.#scope(stack, template, logicalId).condition(condition);
  }

  #exported(name: string, where: string): unknown {
    for (const { name: stack, template } of this.#files.stacks) {
      for (const [id, output] of Object.entries(template.Outputs)) {
        const scope = this.#scope(stack, template, `output ${id}`);
        if (output.Condition !== undefined && !scope.condition(output.Condition)) continue;
        if (output.Export !== undefined && resolve(output.Export.Name, scope) === name) return resolve(output.Value, scope);
      }
    }
    throw new Error(`${where}: no stack exports ${name}`);
  }
}

/** Throws, naming the resource, at anything that this machine could not run as AWS would: an unknown type, intrinsic or attribute, a circle. */
export function readAssembly(directory: string, options: ReadOptions): Template {
  const files = readAssemblyFiles(directory);
  refuseUnknown({
    resources: files.stacks.flatMap(({ name, template }) =>
      Object.entries(template.Resources).map(([logicalId, { Type, Metadata }]) => ({
        logicalId,
        type: Type,
        path: Metadata?.['aws:cdk:path'] ?? `${name}/${logicalId}`,
      })),
    ),
  });
  const assembly = new Assembly(files, options);
  return {
    resources: assembly.resources,
    assetPath: (s3Key) => {
      const found = files.assets.get(s3Key);
      if (found === undefined) throw new Error(`no asset ${s3Key} in ${directory}`);
      return found;
    },
    output: (name) => assembly.output(name),
  };
}
