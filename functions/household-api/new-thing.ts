import { thingNameSchema } from '../../shared/values.ts';

/** Apps call themselves `app-…` over MQTT: a thing of such a name could never connect. */
export const newThingSchema = thingNameSchema.refine((thing) => !thing.startsWith('app-'), 'expected a name that does not begin with app-');
