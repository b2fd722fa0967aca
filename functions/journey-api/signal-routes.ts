/** Signals that no sensor and no weather tells: goods called back, a price that will not last, what is wanted more than usual, goods that come late. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { signalSchema, type Signal } from '../../shared/journey/signal/signal.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change } from '../runtime/store.ts';
import { signalsPutDown } from '../runtime/signals.ts';

/** Ours when it is given: checked where it is taken. */
const given = z.custom<Signal>((signal) => signalSchema.safeParse(signal).success);
const signalsSchema = z.object({ signals: z.array(given) });

export const signalRoutes = {
  listSignals: createRoute({
    method: 'get',
    path: routes.listSignals.path,
    responses: gives(signalsSchema, 'Signals that were put down, the weather’s apart'),
  }),
  putSignal: createRoute({ method: 'post', path: routes.putSignal.path, request: takes(signalSchema), responses: gives(signalsSchema, 'All of them') }),
};

export function addSignalRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(signalRoutes.listSignals, async (context) => {
    demandAgent(context, routes.listSignals);
    return context.json({ signals: await signalsPutDown() }, 200);
  });

  api.openapi(signalRoutes.putSignal, async (context) => {
    demandAgent(context, routes.putSignal);
    const signal = context.req.valid('json');
    await change(kinds.signal, keys.signal(signal.signalId), (before) =>
      canonicalJson(before ?? null) === canonicalJson(signal) ? ignored('as-it-stands') : { kind: 'changed', state: signal, events: [] },
    );
    return context.json({ signals: await signalsPutDown() }, 200);
  });
}
