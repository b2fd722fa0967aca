/** What studies and interviews have found of steps: brought in by those who carried them out, of many people together, and never of a household. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { canonicalJson } from '../../shared/digest.ts';
import { studiedByPhase, studyFindingSchema } from '../../shared/journey/emotion/study.ts';
import { phaseSchema } from '../../shared/journey/words.ts';
import { ignored } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { STUDIES_PK } from '../runtime/company-partitions.ts';
import { demandAgent } from '../runtime/caller.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { change, list } from '../runtime/store.ts';

const AT_ONCE = 200;
const STUDIES_MAX = 2_000;
const studiesSchema = z.object({
  findings: z.array(studyFindingSchema),
  /** −1 to 1, weighted by the square root of the people. */
  byPhase: z.partialRecord(phaseSchema, z.object({ value: z.number(), people: z.int(), findings: z.int() })),
});

export const studyRoutes = {
  listStudies: createRoute({ method: 'get', path: routes.listStudies.path, responses: gives(studiesSchema, 'What studies have found') }),
  importStudies: createRoute({
    method: 'post',
    path: routes.importStudies.path,
    request: takes(z.strictObject({ findings: z.array(studyFindingSchema).min(1).max(AT_ONCE) })),
    responses: gives(studiesSchema, 'What studies have found, with these'),
  }),
};

export function addStudyRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(studyRoutes.listStudies, async (context) => {
    demandAgent(context, routes.listStudies);
    return context.json(await studies(), 200);
  });

  api.openapi(studyRoutes.importStudies, async (context) => {
    demandAgent(context, routes.importStudies);
    // The same finding again takes the place of what it said before.
    for (const finding of context.req.valid('json').findings)
      await change(kinds.study, keys.study(finding.findingId), (before) =>
        before !== undefined && canonicalJson(before) === canonicalJson(finding) ? ignored('known') : { kind: 'changed', state: finding, events: [] },
      );
    return context.json(await studies(), 200);
  });
}

async function studies() {
  const findings = (await list(kinds.study, STUDIES_PK, 'STUDY#', STUDIES_MAX)).map(({ state }) => state);
  return studiesSchema.parse({ findings: findings.sort((a, b) => (a.at < b.at ? 1 : -1)), byPhase: studiedByPhase(findings) });
}
