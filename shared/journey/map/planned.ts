/** Where target journeys have steps: what should happen, to be drawn under what did. Feeling belongs to what happened alone. */
import type { z } from 'zod';
import type { EventType } from '../../events.ts';
import { touchpointCatalogue } from '../catalogue.ts';
import type { TargetModel } from '../target/model.ts';
import { mapCellSchema } from './journey-map.ts';
import { laneOf } from './lanes.ts';

export const plannedCellSchema = mapCellSchema.pick({ lane: true, phase: true, channel: true });
export type PlannedCell = z.infer<typeof plannedCellSchema>;

const isOwn = (type: string): type is EventType => type in touchpointCatalogue;

/** Each place once; steps that only others could tell us of have none. */
export function plannedCells(models: readonly TargetModel[]): PlannedCell[] {
  const cells = models
    .flatMap(({ steps }) => steps)
    .flatMap(({ match }) => match)
    .flatMap(({ type, initiator, channel }): PlannedCell[] => {
      const kind = isOwn(type) ? touchpointCatalogue[type] : undefined;
      if (kind === undefined || 'none' in kind) return [];
      return [{ lane: laneOf[initiator ?? kind.initiator], phase: kind.phase, channel: channel ?? kind.channel }];
    });
  return [...new Map(cells.map((cell) => [Object.values(cell).join(' '), cell])).values()];
}
