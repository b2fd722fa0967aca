/** What the operator's side does around a run: it knows the shop's keys, and keeps that the shop has passed. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ConformanceReport } from '../../../shared/retailer/conformance.ts';
import { retailerSchema } from '../../../shared/retailer/retailer.ts';
import type { TestAnswers } from '../../../shared/retailer/test-answers.ts';
import { instantSchema, type Instant, type RetailerId } from '../../../shared/values.ts';
import { findRunningCloud } from '../commands/running-cloud.ts';

export interface Operator {
  readonly apiUrl: string;
  readonly token: string;
}

const keysSchema = z.object({ toRetailer: z.array(z.string()).min(1), ourPrivateKeys: z.array(z.string()).default([]) });
const heardSchema = z.object({ testAnswers: retailerSchema.shape.testAnswers });
const clockSchema = z.object({ reachedBy: instantSchema });
const problemSchema = z.object({ detail: z.string() });

export async function operatorOf({ data, deployed }: { data: string; deployed: { api: string; token: string } | undefined }): Promise<Operator> {
  if (deployed !== undefined) return { apiUrl: deployed.api.replace(/\/$/, ''), token: deployed.token };
  const cloud = findRunningCloud(data);
  return { apiUrl: cloud.apiUrl, token: z.string().parse(await cloud.ask({ call: 'operatorToken' })) };
}

/** The product's time of a run on this machine, as its own file bounds it: ahead by half a second on the wall. */
export const productTimeIn = (clockFile: string): Instant => clockSchema.parse(JSON.parse(readFileSync(clockFile, 'utf8'))).reachedBy;

/** The newest first, secrets and then our private keys, as the product signs; a second one of each while keys are changed. */
export async function secretsOf(operator: Operator, retailerId: RetailerId): Promise<[string, ...string[]]> {
  const { toRetailer, ourPrivateKeys } = keysSchema.parse(await call(operator, 'GET', `/retailers/${retailerId}/keys`));
  const [first, ...others] = [...toRetailer, ...ourPrivateKeys];
  if (first === undefined) throw new Error(`${retailerId} has no key`);
  return [first, ...others];
}

/** What has come from the shop about test orders. */
export async function testAnswersOf(operator: Operator, retailerId: RetailerId): Promise<TestAnswers> {
  return heardSchema.parse(await call(operator, 'GET', `/retailers/${retailerId}/keys`)).testAnswers ?? {};
}

/** @throws with the API's own sentence when it does not let the shop go live */
export async function goLive(operator: Operator, retailerId: RetailerId, report: ConformanceReport): Promise<void> {
  await call(operator, 'PUT', `/retailers/${retailerId}/conformance`, report);
}

async function call({ apiUrl, token }: Operator, method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${apiUrl}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${problemSchema.safeParse(answer).data?.detail ?? 'no reason given'}`);
  return answer;
}
