/** Keeps asking the authorizer about an app that is connected, and ends the connection when its time is over; on wall time. */
import { decideForApp, type Admitted } from './admission.ts';
import { authorize, type AuthorizeConnection } from './authorizer.ts';
import type { DisconnectReason, Session } from './session.ts';

/** Runs a task after some seconds of wall time; answers how to stop that. */
export type Later = (seconds: number, task: () => void) => () => void;

export const onWallTime: Later = (seconds, task) => {
  const timer = setTimeout(task, seconds * 1_000).unref();
  return () => clearTimeout(timer);
};

export type LeaseOptions = Readonly<{
  authorizeConnection: AuthorizeConnection;
  later: Later;
  end: (session: Session, reason: DisconnectReason) => void;
  report: (line: string) => void;
}>;

export function keepAsking({ session, app }: Admitted, { authorizeConnection, later, end, report }: LeaseOptions): void {
  if (app === undefined) return;
  const { request, authorization } = app;
  session.atEnd(later(authorization.disconnectAfterSeconds, () => end(session, 'CUSTOMAUTH_TTL_EXPIRATION')));

  const askAgain = async (): Promise<void> => {
    const renewed = await authorize(request, authorizeConnection);
    if (session.isClosed) return;
    if (renewed?.principalId !== authorization.principalId) throw new Error('the authorizer no longer knows it');
    session.decide = decideForApp(renewed, session.clientId);
    const decision = session.decide('iot:Connect', session.clientId);
    if (decision !== 'allow') throw new Error(decision.deny);
    schedule(renewed.refreshAfterSeconds);
  };
  const schedule = (seconds: number): void =>
    session.atEnd(
      later(seconds, () => {
        askAgain().catch((error: unknown) => {
          report(`sent ${JSON.stringify(session.clientId)} away: ${error instanceof Error ? error.message : String(error)}`);
          end(session, 'AUTH_ERROR');
        });
      }),
    );
  schedule(authorization.refreshAfterSeconds);
}
