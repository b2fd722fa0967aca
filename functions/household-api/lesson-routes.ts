/** How far a household is in the lessons about its devices. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { learn, lessonSchema } from '../../shared/household/lesson.ts';
import { deviceTypeSchema, householdIdSchema } from '../../shared/values.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { change, list } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';

const params = z.object({ householdId: householdIdSchema });

export const lessonRoutes = {
  readLessons: createRoute({
    method: 'get',
    path: routes.readLessons.path,
    request: { params },
    responses: gives(z.object({ lessons: z.array(lessonSchema) }), 'The lessons that somebody of the household has begun'),
  }),
  learnStep: createRoute({
    method: 'put',
    path: routes.learnStep.path,
    request: { params: params.extend({ deviceType: deviceTypeSchema, step: z.string().regex(/^[a-z][a-z-]{0,39}$/) }) },
    responses: gives(lessonSchema, 'The lesson with what is done of it'),
  }),
};

export function addLessonRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(lessonRoutes.readLessons, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readLessons, householdId);
    const lessons = await list(kinds.lesson, householdPk(householdId), 'LESSON#');
    return context.json({ lessons: lessons.map(({ state }) => state) }, 200);
  });

  api.openapi(lessonRoutes.learnStep, async (context) => {
    const { householdId, deviceType, step } = context.req.valid('param');
    await demandActor(context, routes.learnStep, householdId);
    const at = productNow();
    const result = await change(kinds.lesson, keys.lesson(householdId, deviceType), (lesson) => learn(lesson, { householdId, deviceType, step, at }));
    const lesson = asItStands(result);
    if (result.kind === 'rejected' || lesson === undefined) throw notFound('step');
    return context.json(lessonSchema.parse(lesson), 200);
  });
}
