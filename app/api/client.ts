/** The app's one way to the API. Types come from the API's own schemas; nothing is checked twice at run time. */
import { useLayoutEffect } from 'preact/hooks';
import type { Instant } from '../../shared/values.ts';
import type { Answer, AnyInput, ApiName, ReadInput, SendInput } from './contract-types.ts';
import type { ApiProblem } from './problem.ts';
import { request } from './request.ts';
import { resourceOf, type ResourceState } from './resources.ts';

/** @throws ApiProblem when it was refused (`status`, `code`) or no answer came (`isOffline`) */
export async function send<Name extends ApiName>(name: Name, input: SendInput<Name>): Promise<Answer<Name>> {
  return answerOf<Name>(await request(name, input));
}

export interface ReadResource<Data> {
  readonly data?: Data;
  readonly problem?: ApiProblem;
  readonly isLoading: boolean;
  readonly isStale: boolean;
  /** Of a copy from before: the household's time when it was made. */
  readonly asOf?: Instant;
  readonly reload: () => Promise<void>;
}

const IDLE: ResourceState = { isLoading: false, isStale: false };

/** @param input undefined while it is not known yet what to read */
export function useResource<Name extends ApiName>(name: Name, input: ReadInput<Name> | undefined): ReadResource<Answer<Name>> {
  const asked: AnyInput | undefined = input;
  const resource = asked === undefined ? undefined : resourceOf(name, asked);
  // Asked before the browser paints what stands there meanwhile: an effect would wait for that picture first.
  useLayoutEffect(() => resource?.watch(), [resource]);
  const { data, problem, isLoading, isStale, asOf } = resource?.state.value ?? IDLE;
  return {
    ...(data !== undefined && { data: answerOf<Name>(data) }),
    ...(problem !== undefined && { problem }),
    ...{ isLoading, isStale },
    ...(asOf !== undefined && { asOf }),
    reload: async () => resource?.reload(),
  };
}

/** The one place that takes the API at its word: it validated this very answer with the schema that the type comes from. */
function answerOf<Name extends ApiName>(read: unknown): Answer<Name> {
  return read as Answer<Name>;
}
