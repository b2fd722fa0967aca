/** A fridge: people come to it at meals, open its door and take portions out; its load cells say what is worth saying. */
import type { Home, Kind } from './kind.ts';
import { mealsOf } from './routine.ts';
import type { ThingSpec } from './simulation.ts';

export const fridge = ({ slots }: ThingSpec, home: Home): Kind => ({
  storage: 'shelf',
  counts: 'doorOpenings',
  happeningsOf: (day) => mealsOf(home, slots, day),
});
