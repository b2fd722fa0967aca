/**
 * The link in every e-mail that stops e-mails by one click (RFC 8058): a mail program posts to it, without signing in and without cookies. Looking at it changes
 * nothing, because mail scanners look at everything: whoever follows it by hand comes to a page with one button.
 */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { answerMail } from '../../shared/journey/outreach/decide-mail.ts';
import { mailStoppedAt } from '../../shared/journey/outreach/mail.ts';
import { MAIL_STOP_TOKEN } from '../../shared/journey/outreach/mail-stop.ts';
import { ignored, instantSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, type ApiEnvironment } from '../runtime/http.ts';
import { asItStands } from '../runtime/put.ts';
import { mailStoppedBy } from '../runtime/secrets.ts';
import { change } from '../runtime/store.ts';
import { notFound } from '../runtime/visible-error.ts';

const params = z.object({ token: z.string().regex(MAIL_STOP_TOKEN) });
/** The same for a repeat. */
const stoppedSchema = z.strictObject({ stoppedAt: instantSchema });

export const mailStopRoutes = {
  /** Whatever stands in the body: RFC 8058 has `List-Unsubscribe=One-Click` there, as a form. */
  stopMail: createRoute({ method: 'post', path: routes.stopMail.path, request: { params }, responses: gives(stoppedSchema, 'When e-mails ended') }),
  lookAtMailStop: createRoute({
    method: 'get',
    path: routes.lookAtMailStop.path,
    request: { params },
    responses: { 302: { description: 'Leads to the page of the app that asks' }, default: { description: 'A problem document (RFC 9457)' } },
  }),
};

export function addMailStopRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(mailStopRoutes.stopMail, async (context) => {
    const named = await mailStoppedBy(context.req.valid('param').token);
    if (named === undefined) throw notFound('link');
    const { householdId, memberId } = named;
    const result = await change(kinds.outreach, keys.outreach(householdId), (outreach) =>
      outreach === undefined ? ignored('forgotten') : answerMail(outreach, { type: 'mail', memberId, may: false, because: 'stop-link' }, productNow()),
    );
    const stoppedAt = mailStoppedAt(asItStands(result), memberId);
    // Of a household that is erased nothing is left that could be stopped.
    if (stoppedAt === undefined) throw notFound('link');
    return context.json({ stoppedAt }, 200);
  });

  // Behind the #, because no server and no log sees that.
  api.openapi(mailStopRoutes.lookAtMailStop, (context) => context.redirect(`/app/stop-mail#${context.req.valid('param').token}`, 302));
}
