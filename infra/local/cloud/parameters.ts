/** What the stack is deployed with on this machine; whoever reads its template as it runs here gives the same. */
import type { Run } from './control.ts';

export const parametersOf = ({ dueRate, httpPort }: Pick<Run, 'dueRate' | 'httpPort'>): Readonly<Record<string, string>> => ({
  ...{ DueRate: dueRate, DueShards: '1', AppUrls: appUrls(httpPort), MqttUrl: `ws://127.0.0.1:${httpPort}/mqtt` },
  ...{ MailSender: 'hallo@nachschub.example', MailImprint: 'Nachschub (Simulation), Musterweg 1, 10115 Berlin', MailSite: `http://127.0.0.1:${httpPort}` },
  // The auditor and the window count readings by the functions' journal.
  ReadingsLogged: '100',
  // The stage shows the app of two people in one window.
  AppFrameAncestors: "'self'",
});

/** Where people come back to after signing in: the app, under both names of this machine. */
const appUrls = (httpPort: number): string => ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${httpPort}/app/signed-in`).join(',');
