/** Where everything stands in the one level database. A tilde ends a name: table names cannot hold one, and it sorts behind every key that dynalite makes. */
export const keyspace = {
  format: 'format',
  table: (table: string): string => `table~${table}`,
  items: (table: string): string => `item~${table}~`,
  /** @param kind `Local` or `Global`, in any case. */
  index: (kind: string, table: string, index: string): string => `index-${kind.toLowerCase()}~${table}~${index}~`,
  stream: (table: string): string => `stream~${table}~`,
  trimmed: (table: string): string => `trimmed~${table}`,
};

/** All keys that begin with a prefix of the key space. */
export const everythingIn = (prefix: string): { gte: string; lt: string } => ({ gte: prefix, lt: `${prefix}~` });
