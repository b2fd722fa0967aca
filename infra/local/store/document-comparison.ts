import { z } from 'zod';

const nodeSchema = z.object({ type: z.string(), name: z.string().optional(), args: z.array(z.unknown()) });
const documentSchema = z.union([z.object({ M: z.unknown() }), z.object({ L: z.unknown() })]);
const EQUALITIES = ['=', '<>', 'in', 'contains'];

/**
 * Whether a parsed condition compares with a whole map or list. dynalite compares those by identity: `=` would never hold and `<>` always,
 * where AWS compares what is in them. Better no answer than a wrong one.
 */
export function comparesDocument(expression: unknown): boolean {
  const node = nodeSchema.safeParse(expression);
  if (!node.success) return false;
  const { type, name, args } = node.data;
  const isEquality = EQUALITIES.includes(type === 'function' ? (name ?? '') : type);
  return args.some((arg) => (isEquality && documentSchema.safeParse(arg).success) || comparesDocument(arg));
}
