/** How programs of this machine that are no function, such as the window and the auditor, read the tables. */
import type { Access } from './control.ts';
import { ofType } from './definitions.ts';
import type { Cloud } from './open-cloud.ts';

export function accessOf({ template, endpoint, operatorKey }: Cloud): Access {
  const tableNamed = (part: string): string => {
    const table = ofType(template, 'AWS::DynamoDB::GlobalTable').find(({ path }) => path.includes(`/${part}/`));
    if (table === undefined) throw new Error(`the template has no table ${part}`);
    return table.name;
  };
  const tables = { households: tableNamed('Households'), retailers: tableNamed('Retailers'), journeys: tableNamed('Journeys') };
  return { endpointUrl: endpoint.url, ...operatorKey, tables };
}
