/** What a sender says beside, as far as it is kept: flat, at most thirty, and nobody's address. */
import { z } from 'zod';

/** As `propertiesSchema` of a touchpoint has them. */
const NAMES_MAX = 30;
const NAME_CHARACTERS_MAX = 60;
const TEXT_CHARACTERS_MAX = 200;
/** How many were left out, under this name; a sender's own one is among them. */
const DROPPED = 'dropped';

type Flat = string | number | boolean;

/** One level is taken apart: `{ cart: { id } }` becomes `cart.id`; a list of things becomes how many they are. */
export function flatProperties(properties: Readonly<Record<string, unknown>>): Record<string, Flat> | undefined {
  const entries = Object.entries(properties).flatMap(([name, value]) => (isRecord(value) ? inside(name, value) : [entry(name, value)]));
  const said = entries.filter((one) => one !== 'nothing');
  const fitting = said.filter((one) => one !== 'unfit');
  const all = fitting.length === said.length && fitting.length <= NAMES_MAX;
  const kept = all ? fitting : fitting.slice(0, NAMES_MAX - 1);
  if (said.length === 0) return undefined;
  return { ...Object.fromEntries(kept), ...(!all && { [DROPPED]: said.length - kept.length }) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const inside = (name: string, value: Record<string, unknown>) =>
  Object.entries(value).map(([inner, one]) => (isRecord(one) ? ('unfit' as const) : entry(`${name}.${inner}`, one)));

function entry(name: string, value: unknown): readonly [name: string, value: Flat] | 'unfit' | 'nothing' {
  if (value === null || value === undefined || value === '') return 'nothing';
  const flat = flatOf(value);
  if (flat === undefined || name === '' || name === DROPPED || name.length > NAME_CHARACTERS_MAX) return 'unfit';
  // Whoever it belongs to could not have it removed from here.
  if (typeof flat === 'string' && looksLikeAddress(flat)) return 'unfit';
  return [name, flat];
}

function flatOf(value: unknown): Flat | undefined {
  if (typeof value === 'string') return value.slice(0, TEXT_CHARACTERS_MAX);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
  return texts.length === value.length ? texts.join(', ').slice(0, TEXT_CHARACTERS_MAX) : value.length;
}

const MAYBE_ADDRESS = /[^\s<>"']+@[^\s<>"']+/;
const looksLikeAddress = (text: string): boolean => z.email().safeParse(MAYBE_ADDRESS.exec(text)?.[0].replace(/[.,;:!?)]+$/, '')).success;
