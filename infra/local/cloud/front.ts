/** Where every AWS call of this machine arrives: the endpoint, the template that it stands in, and the permissions that decide on each call. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openEndpoint, type Endpoint } from '../endpoint/endpoint.ts';
import type { AccessKey } from '../functions/environment.ts';
import { authorizer } from '../permissions/authorize.ts';
import { readPermissions } from '../permissions/permissions.ts';
import { Usage } from '../permissions/usage.ts';
import { refuseMissingGrants } from '../permissions/wires.ts';
import { readAssembly, type Template } from '../template/read-assembly.ts';

type EndpointOptions = Parameters<typeof openEndpoint>[0];
type Handlers = EndpointOptions['handlers'];
type Authorize = NonNullable<EndpointOptions['authorize']>;

export interface FrontOptions {
  readonly dataDirectory: string;
  readonly assemblyDirectory: string;
  /** Of the template's stacks. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where the OpenID provider of this machine is reached. */
  readonly issuer: string;
  readonly report: (line: string) => void;
}

export interface Front {
  readonly endpoint: Endpoint;
  readonly template: Template;
  /** What of the template was used so far. */
  readonly usage: Usage;
  /** The services behind the endpoint, put in as they open. */
  readonly handlers: { -readonly [Service in keyof Handlers]: Handlers[Service] };
  /** A key of its own for each caller: it tells whose policy decides. */
  readonly keyFor: (principal: string) => AccessKey;
}

/** The endpoint comes first, because its address stands in what the template resolves to. Throws when a wire of the template lacks its grant. */
export async function openFront({ dataDirectory, assemblyDirectory, parameters, issuer, report }: FrontOptions): Promise<Front> {
  const handlers: Front['handlers'] = {};
  const principals = new Map<string, string>();
  let authorize: Authorize = () => ({ deny: 'the local cloud has not read the template yet' });
  const endpoint = await openEndpoint({
    ...{ handlers, principals },
    authorize: (...call) => authorize(...call),
    onFault: (error, service, operation) => report(`${service} ${operation} failed: ${error instanceof Error ? error.message : String(error)}`),
  });
  const template = readAssembly(assemblyDirectory, { endpointUrl: endpoint.url, parameters, issuer });
  const { resources } = template;
  const permissions = readPermissions(resources);
  refuseMissingGrants(resources, permissions);
  const usage = new Usage(path.join(dataDirectory, 'usage.json'));
  authorize = authorizer({ resources, permissions, allowed: (decision) => usage.allowed(decision), report });
  return {
    ...{ endpoint, template, usage, handlers },
    keyFor: (principal) => {
      const accessKeyId = `LOCAL${randomUUID().replaceAll('-', '').slice(0, 15).toUpperCase()}`;
      principals.set(accessKeyId, principal);
      return { accessKeyId, secretAccessKey: randomUUID() };
    },
  };
}
