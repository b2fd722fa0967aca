/** Signals: what stands now, and what no sensor and no weather tells, put down and ended by staff. A recall is told to whoever had the goods. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { endOfSignal } from '../../shared/journey/signal/concern.ts';
import { beginWalk } from '../../shared/journey/signal/recall-walk.ts';
import { signalSchema, type Signal } from '../../shared/journey/signal/signal.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { signalsView, signalsViewSchema } from './signals-view.ts';

const params = z.object({ signalId: signalSchema.options[0].shape.signalId });

export const signalRoutes = {
  listSignals: createRoute({
    method: 'get',
    path: routes.listSignals.path,
    responses: gives(signalsViewSchema, 'What stands now, from where, whom it concerns, and what was done about it'),
  }),
  putSignal: createRoute({ method: 'post', path: routes.putSignal.path, request: takes(signalSchema), responses: gives(signalsViewSchema, 'All of them') }),
  endSignal: createRoute({ method: 'post', path: routes.endSignal.path, request: { params }, responses: gives(signalsViewSchema, 'All of them') }),
};

export function addSignalRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(signalRoutes.listSignals, async (context) => {
    demandAgent(context, routes.listSignals);
    return context.json(await signalsView(), 200);
  });

  api.openapi(signalRoutes.putSignal, async (context) => {
    demandAgent(context, routes.putSignal);
    const signal = context.req.valid('json');
    const written = await change(kinds.signal, keys.signal(signal.signalId), (before) =>
      canonicalJson(before ?? null) === canonicalJson(signal) ? ignored('as-it-stands') : { kind: 'changed', state: signal, events: [] },
    );
    // A repeat finishes what a crash in between has left.
    if (signal.kind === 'recall') await tellRecall(signal, { anew: written.kind === 'changed' });
    return context.json(await signalsView(), 200);
  });

  api.openapi(signalRoutes.endSignal, async (context) => {
    demandAgent(context, routes.endSignal);
    const { signalId } = context.req.valid('param');
    const now = productNow();
    const ended = await change(kinds.signal, keys.signal(signalId), (signal) =>
      signal === undefined || endOfSignal(signal) <= now ? ignored('not-there') : { kind: 'changed', state: { ...signal, endedAt: now }, events: [] },
    );
    if (ended.kind !== 'changed' && ended.stored === undefined) throw new VisibleError(404, 'not-found', 'there is no such signal');
    return context.json(await signalsView(), 200);
  });
}

async function tellRecall(signal: Extract<Signal, { kind: 'recall' }>, { anew }: { anew: boolean }): Promise<void> {
  await change(kinds.recallWalk, keys.recallWalk(signal.signalId), (before) =>
    before !== undefined && !anew ? ignored('begun') : { kind: 'changed', state: beginWalk(signal, before, productNow()), events: [] },
  );
}
