/**
 * Other people's rows and messages → messages of the collection API: a mapping in data says which column, or which member of the body, is what.
 * Used by the import of CSV files and by the webhooks of CRM and survey tools.
 */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import { moneySchema, timeZoneSchema, type Money } from '../../values.ts';
import { localMoment } from './local-moment.ts';
import { messageTypes } from './message-types.ts';
import { sentimentOfSurvey, surveyScales } from './survey-sentiment.ts';

const scalarSchema = z.union([z.string().max(200), z.number(), z.boolean()]);
type Scalar = z.infer<typeof scalarSchema>;
const surveyKinds = Object.keys(surveyScales) as [keyof typeof surveyScales, ...(keyof typeof surveyScales)[]];

/** The name of a column, or the way to a member (`answers.0.score`); with what its values mean here; or the same for all. */
export const fieldSchema = z.union([
  z.string().min(1).max(200),
  z.strictObject({ from: z.string().min(1).max(200), values: z.record(z.string(), scalarSchema).optional(), otherwise: scalarSchema.optional() }),
  z.strictObject({ value: scalarSchema }),
]);
export type Field = z.infer<typeof fieldSchema>;
const field = fieldSchema.optional();

const named = { householdId: field, userId: field, anonymousId: field, thing: field, email: field, phone: field, customerNumber: field };
const told = {
  channel: field,
  initiator: field,
  phase: field,
  productLine: field,
  orderId: field,
  supplyId: field,
  caseId: field,
  mandateId: field,
  purpose: field,
};
const TOLD = Object.keys(told) as (keyof typeof told)[];

export const mappingSchema = z.strictObject({
  /** Begins the id of every message, so that the same row of another file is another one. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected a name such as store-visits'),
  type: z.enum(messageTypes).default('track'),
  event: field,
  /** What names a row or a message for ever; without it all that was read of it does. */
  messageId: field,
  at: field,
  /** How moments are written; without it as ISO 8601. */
  dateFormat: z.string().min(4).max(40).optional(),
  timeZone: timeZoneSchema.default('Europe/Berlin'),
  ...named,
  ...told,
  /** In euros, with a point or a comma before the cents. */
  amount: field,
  survey: z.strictObject({ kind: z.union([z.enum(surveyKinds), z.strictObject({ from: z.string() })]), score: fieldSchema }).optional(),
  campaign: field,
  properties: z.record(z.string().min(1).max(60), fieldSchema).default({}),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Every column, or way to a member, that a mapping reads. */
export function columnsOf(mapping: Mapping): string[] {
  const { properties, survey, ...rest } = mapping;
  const fields = [...Object.entries(rest).flatMap(([name, one]) => (isField(name, one) ? [one] : [])), ...Object.values(properties)];
  const all = [...fields, ...(survey === undefined ? [] : [survey.score, ...(typeof survey.kind === 'string' ? [] : [survey.kind])])];
  return [...new Set(all.flatMap((one) => (typeof one === 'string' ? [one] : 'from' in one ? [one.from] : [])))];
}
const SETTINGS: readonly string[] = ['name', 'type', 'dateFormat', 'timeZone'];
const isField = (name: string, one: unknown): one is Field => one !== undefined && !SETTINGS.includes(name);

export type Mapped = { readonly kind: 'mapped'; readonly message: Record<string, unknown> } | { readonly kind: 'refused'; readonly reason: string };

/** A row is an object as well: its members are its columns. */
export type Read = (name: string) => unknown;
export const readRow =
  (row: Readonly<Record<string, unknown>>): Read =>
  (name) =>
    row[name];
export const readBody =
  (body: unknown): Read =>
  (path) =>
    path
      .split('.')
      .reduce<unknown>(
        (value, step) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === step)?.[1] : undefined),
        body,
      );

class Refusal extends Error {}

/** @param id of the message where the mapping names none; without it all that was read of it names it */
export function mapped(read: Read, mapping: Mapping, id?: string): Mapped {
  try {
    return { kind: 'mapped', message: messageOf(read, mapping, id) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function messageOf(read: Read, mapping: Mapping, id: string | undefined): Record<string, unknown> {
  const of = (name: keyof typeof named | 'event' | 'messageId' | 'campaign' | 'amount' | 'at') => textOf(valueOf(mapping[name], read));
  const timestamp = momentOf(of('at'), mapping);
  const toldHere = Object.fromEntries(TOLD.flatMap((name) => entry(name, textOf(valueOf(mapping[name], read)))));
  const value = moneyIn(of('amount'));
  const sentiment = sentimentIn(read, mapping);
  const properties = Object.fromEntries(Object.entries(mapping.properties).flatMap(([name, one]) => entry(name, valueOf(one, read))));
  const traits = Object.fromEntries((['email', 'phone', 'customerNumber'] as const).flatMap((name) => entry(name, of(name))));
  const [householdId, thing, campaign] = [of('householdId'), of('thing'), of('campaign')];
  const content = {
    type: mapping.type,
    ...Object.fromEntries([...entry('event', of('event')), ...entry('userId', of('userId')), ...entry('anonymousId', of('anonymousId'))]),
    ...(timestamp !== undefined && { timestamp }),
    context: {
      ...(householdId !== undefined && { groupId: householdId }),
      ...(thing !== undefined && { device: { id: thing } }),
      ...(campaign !== undefined && { campaign: { name: campaign } }),
      ...(Object.keys(traits).length > 0 && { traits }),
      touchpoint: { ...toldHere, ...(value && { value }), ...(sentiment && { sentiment }) },
    },
    ...(Object.keys(properties).length > 0 && { properties }),
  };
  return { ...content, messageId: `${mapping.name}-${of('messageId') ?? id ?? digest(content)}` };
}

const entry = (name: string, value: Scalar | undefined): [string, Scalar][] => (value === undefined ? [] : [[name, value]]);
const textOf = (value: Scalar | undefined): string | undefined => (value === undefined ? undefined : String(value));

function valueOf(of: Field | undefined, read: Read): Scalar | undefined {
  if (of === undefined) return undefined;
  if (typeof of === 'object' && 'value' in of) return of.value;
  const { from, values, otherwise } = typeof of === 'string' ? { from: of } : of;
  const found = scalarSchema.safeParse(shortened(read(from))).data;
  const value = found === undefined || String(found).trim() === '' ? undefined : found;
  if (values === undefined) return value ?? otherwise;
  const meaning = value === undefined ? undefined : values[String(value).trim()];
  if (meaning === undefined && otherwise === undefined && value !== undefined)
    throw new Refusal(`${from}: no meaning is given for ${JSON.stringify(String(value).slice(0, 40))}`);
  return meaning ?? otherwise;
}
const shortened = (value: unknown): unknown => (typeof value === 'string' ? value.trim().slice(0, 200) : value);

function momentOf(text: string | undefined, { dateFormat, timeZone }: Mapping): string | undefined {
  if (text === undefined || dateFormat === undefined) return text;
  const moment = localMoment(text, dateFormat, timeZone);
  if (moment === undefined) throw new Refusal(`at: ${JSON.stringify(text.slice(0, 40))} is not written as ${dateFormat}`);
  return moment;
}

function moneyIn(text: string | undefined): Money | undefined {
  if (text === undefined) return undefined;
  const decimal = /^\d{1,3}(?:\.\d{3})+,\d+$/.test(text) ? text.replaceAll('.', '').replace(',', '.') : text.replace(',', '.');
  const money = /^\d+(?:\.\d{1,4})?$/.test(decimal)
    ? moneySchema.safeParse({ amountMinor: Math.round(Number(decimal) * 100), currency: 'EUR' }).data
    : undefined;
  if (money === undefined) throw new Refusal(`amount: expected euros such as 12,35, not ${JSON.stringify(text.slice(0, 40))}`);
  return money;
}

function sentimentIn(read: Read, { survey }: Mapping) {
  if (survey === undefined) return undefined;
  const kind = z.enum(surveyKinds).safeParse(typeof survey.kind === 'string' ? survey.kind : String(read(survey.kind.from)).toLowerCase());
  const score = textOf(valueOf(survey.score, read));
  // A question that was passed over says nothing.
  if (score === undefined) return undefined;
  const sentiment = kind.success ? sentimentOfSurvey(kind.data, Number(score.replace(',', '.'))) : undefined;
  if (sentiment === undefined) throw new Refusal(`survey: ${JSON.stringify(score.slice(0, 40))} is no answer on the scale`);
  return sentiment;
}
