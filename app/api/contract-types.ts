/** What each door takes and gives, derived from the API's own schemas: a field that is renamed there is an error here. */
import type { z } from 'zod';
import type { HouseholdApi } from '../../functions/household-api/contract.ts';
import type { JourneyApi } from '../../functions/journey-api/contract.ts';

type Api = HouseholdApi & JourneyApi;
export type ApiName = keyof Api;

type ParamsIn<D> = D extends { request: { params: infer S extends z.ZodType } } ? { readonly params: z.input<S> } : { readonly params?: Record<string, never> };
type QueryIn<D> = D extends { request: { query: infer S extends z.ZodType } } ? { readonly query?: z.input<S> } : { readonly query?: Record<string, never> };
type BodyIn<D> = D extends { request: { body: { content: { 'application/json': { schema: infer S extends z.ZodType } } } } }
  ? { readonly body: z.input<S> }
  : { readonly body?: undefined };

export type ReadInput<Name extends ApiName> = ParamsIn<Api[Name]> & QueryIn<Api[Name]>;
export type SendInput<Name extends ApiName> = ReadInput<Name> & BodyIn<Api[Name]>;
export type Answer<Name extends ApiName> = Api[Name] extends {
  responses: { 200: { content: { 'application/json': { schema: infer S extends z.ZodType } } } };
}
  ? z.output<S>
  : undefined;

/** What any input looks like when nobody asks for whom it is. */
export interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}
