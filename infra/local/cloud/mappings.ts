/** The template's event source mappings: from table streams and queues to functions. */
import type { Activity } from '../activity.ts';
import type { RunMeter } from '../cost/run-meter.ts';
import { compilePattern } from '../bus/pattern.ts';
import type { Functions } from '../functions/functions.ts';
import { openSqsMapping, type OpenMapping } from '../functions/sqs-mapping.ts';
import { openStreamMappings } from '../functions/stream-mapping.ts';
import type { Queues } from '../queues/queues.ts';
import type { Store } from '../store/open-store.ts';
import type { Template } from '../template/read-assembly.ts';
import { mappingsOf, streamsOf } from './definitions.ts';

interface MappingParts {
  readonly store: Store;
  readonly queues: Queues;
  readonly functions: Functions;
  readonly activity: Activity;
  readonly directory: string;
  readonly meter: Pick<RunMeter, 'received'>;
  /** Of each function, where the template names no number. */
  readonly copies?: number | undefined;
  readonly working?: ((functionName: string) => boolean) | undefined;
}

export function openMappings(
  template: Template,
  { store, queues, functions, activity, directory, meter, copies, working = () => true }: MappingParts,
): OpenMapping[] {
  const mappings = mappingsOf(template, compilePattern).filter(({ functionName }) => working(functionName));
  const streams = [...streamsOf(template)].flatMap(([arn, table]) => {
    const ofStream = mappings.filter(({ sourceArn }) => sourceArn === arn);
    const send = (queueArn: string, body: string) => queues.send(queueArn, body);
    const invoke = (name: string, event: unknown) => functions.invoke(name, event);
    return ofStream.length === 0 ? [] : [openStreamMappings({ stream: store.streamOf(table), mappings: ofStream, directory, invoke, send, activity })];
  });
  const invoke = (name: string, event: unknown) => functions.invoke(name, event);
  const fromQueues = mappings
    .filter(({ sourceArn }) => sourceArn.includes(':sqs:'))
    .map((mapping) => ({ ...mapping, concurrencyMax: mapping.concurrencyMax ?? copies }))
    .map((mapping) => openSqsMapping(mapping, queues, invoke, (bytes) => meter.received(mapping.sourceArn, bytes)));
  return [...streams, ...fromQueues];
}
