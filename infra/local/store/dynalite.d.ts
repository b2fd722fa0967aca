// dynalite has no types of its own. These are the parts that this store calls, and the store it expects in return.

declare module 'dynalite/db/index.js' {
  import type { Readable } from 'node:stream';
  namespace db {
    /** An attribute as it stands on the wire: one member, named after its type. */
    type AttributeValue = Readonly<Record<string, unknown>>;
    type Item = Readonly<Record<string, AttributeValue>>;
    type Callback<Result = void> = (error?: unknown, result?: Result) => void;
    /** Wraps the action's callback, so that the lock is let go when the action answers. */
    type Release = <Result>(callback: Callback<Result>) => Callback<Result>;

    interface Range {
      readonly gt?: string;
      readonly gte?: string;
      readonly lt?: string;
      readonly lte?: string;
      readonly reverse?: boolean;
      readonly limit?: number;
    }
    interface IndexStore {
      put(key: string, item: Item, callback: Callback): void;
      del(key: string, callback: Callback): void;
      createValueStream(range: Range): Readable;
    }
    interface ItemStore extends IndexStore {
      lock(key: string, work: (release: Release) => void): void;
      get(key: string, callback: Callback<Item>): void;
    }
    interface KeyElement {
      readonly AttributeName: string;
      readonly KeyType: 'HASH' | 'RANGE';
    }
    interface Index {
      readonly IndexName: string;
      readonly KeySchema: readonly KeyElement[];
      readonly Projection: { readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; readonly NonKeyAttributes?: readonly string[] | undefined };
    }
    interface Table {
      readonly TableName: string;
      readonly TableStatus: 'ACTIVE';
      readonly KeySchema: readonly KeyElement[];
      readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
      readonly LocalSecondaryIndexes?: readonly Index[];
      readonly GlobalSecondaryIndexes?: readonly Index[];
    }
    interface Store {
      readonly options: { readonly maxItemSize: number };
      readonly tableDb: { createKeyStream(): Readable };
      getTable(name: string, ...rest: [Callback<Table>] | [boolean, Callback<Table>]): void;
      getItemDb(table: string): ItemStore;
      getIndexDb(kind: string, table: string, index: string): IndexStore;
    }
    interface IndexActions {
      readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
    }

    function validateItem(item: Item, table: Table): Error | null | undefined;
    function validateKey(key: Item, table: Table): Error | null | undefined;
    function createKey(item: Item, table: Table): string;
    function createIndexKey(item: Item, table: Table, keySchema: readonly KeyElement[]): string;
    function validationError(message: string): Error;
    /** In bytes, as DynamoDB counts an item. */
    function itemSize(item: Item): number;
    function getIndexActions(indexes: readonly Index[], existing: Item | undefined, item: Item, table: Table): IndexActions;
  }
  export = db;
}

declare module 'dynalite/validations/index.js' {
  namespace validations {
    interface Validation {
      readonly types: Readonly<Record<string, unknown>>;
      readonly custom?: (data: object, store: object) => string | undefined;
    }
    /** Answers a copy that holds the known members only; throws an error with `statusCode` and `body`. */
    function checkTypes(data: object, types: Validation['types']): Record<string, unknown>;
    /** Completes the data with what it parsed from the expressions; throws an error with `statusCode` and `body`. */
    function checkValidations(data: object, types: Validation['types'], custom: Validation['custom'], store: object): void;
  }
  export = validations;
}

declare module 'dynalite/validations/*' {
  import type { Validation } from 'dynalite/validations/index.js';
  const validation: Validation;
  export = validation;
}

declare module 'dynalite/actions/*' {
  import type { Callback, Store } from 'dynalite/db/index.js';
  const action: (store: Store, data: Record<string, unknown>, callback: Callback<unknown>) => void;
  export = action;
}
