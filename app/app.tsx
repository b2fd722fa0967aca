/** Which page stands at which address. Each page's code is loaded when somebody goes there. */
import type { ComponentChildren, ComponentType } from 'preact';
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { Frame } from './frame/frame.tsx';
import HomePage from './home/home-page.tsx';
import { NotHere, PageTrouble } from './frame/not-here.tsx';
import { Welcome } from './frame/welcome.tsx';
import { session } from './session/session.ts';
import { isConsole, paths, publicPaths } from './urls.ts';

const page = (load: () => Promise<{ readonly default: ComponentType }>) => lazy<ComponentType>(load);

/** In the order of `urls.ts`; the first that fits is taken, so a fixed path stands before one with a placeholder. */
const pages: readonly (readonly [path: string, page: ComponentType & Partial<Pick<ReturnType<typeof page>, 'preload'>>])[] = [
  // Loaded with the frame: nearly every visit begins here, and it is small.
  [paths.home, HomePage],
  [paths.approval, page(() => import('./approvals/approval-page.tsx'))],
  [paths.orders, page(() => import('./orders/orders-page.tsx'))],
  [paths.order, page(() => import('./orders/order-page.tsx'))],
  [paths.case, page(() => import('./cases/case-page.tsx'))],
  [paths.devices, page(() => import('./devices/devices-page.tsx'))],
  [paths.addDevice, page(() => import('./devices/add-device-page.tsx'))],
  [paths.lesson, page(() => import('./devices/lesson-page.tsx'))],
  [paths.device, page(() => import('./devices/device-page.tsx'))],
  [paths.members, page(() => import('./members/members-page.tsx'))],
  [paths.mandates, page(() => import('./mandates/mandates-page.tsx'))],
  [paths.newMandate, page(() => import('./mandates/new-mandate-page.tsx'))],
  [paths.mandate, page(() => import('./mandates/mandate-page.tsx'))],
  [paths.statement, page(() => import('./statement/statement-page.tsx'))],
  [paths.supplies, page(() => import('./supplies/supplies-page.tsx'))],
  [paths.addSupply, page(() => import('./supplies/add-supply-page.tsx'))],
  [paths.diet, page(() => import('./supplies/diet-page.tsx'))],
  [paths.supply, page(() => import('./supplies/supply-page.tsx'))],
  [paths.supplySettings, page(() => import('./supplies/supply-settings-page.tsx'))],
  [paths.list, page(() => import('./list/list-page.tsx'))],
  [paths.scan, page(() => import('./scan/scan-page.tsx'))],
  [paths.why, page(() => import('./why/why-page.tsx'))],
  [paths.preferences, page(() => import('./preferences/preferences-page.tsx'))],
  [paths.outreach, page(() => import('./outreach/outreach-page.tsx'))],
  [paths.data, page(() => import('./data/data-page.tsx'))],
  [paths.recommend, page(() => import('./recommend/recommend-page.tsx'))],
  [paths.more, page(() => import('./more/more-page.tsx'))],
];

/** The company's side; its frame is loaded with the first of its pages. */
const consolePages: typeof pages = [
  [paths.console, page(() => import('./console/find-page.tsx'))],
  [paths.agent, page(() => import('./console/agent-page.tsx'))],
  [paths.story, page(() => import('./console/story-page.tsx'))],
  [paths.map, page(() => import('./console/map-page.tsx'))],
  [paths.identity, page(() => import('./console/identity/identity-page.tsx'))],
  [paths.figures, page(() => import('./console/figures-page.tsx'))],
  [paths.attribution, page(() => import('./console/attribution/attribution-page.tsx'))],
  [paths.steps, page(() => import('./console/steps-page.tsx'))],
  [paths.improve, page(() => import('./console/improve-page.tsx'))],
  [paths.actions, page(() => import('./console/trials/actions-page.tsx'))],
  [paths.campaigns, page(() => import('./console/campaigns/campaigns-page.tsx'))],
  [paths.experiments, page(() => import('./console/trials/experiments-page.tsx'))],
  [paths.leads, page(() => import('./console/leads/leads-page.tsx'))],
  [paths.lead, page(() => import('./console/leads/lead-page.tsx'))],
  [paths.churn, page(() => import('./console/churn/churn-page.tsx'))],
  [paths.contacts, page(() => import('./console/churn/contacts-page.tsx'))],
  [paths.signals, page(() => import('./console/signals/signals-page.tsx'))],
  [paths.conversionPaths, page(() => import('./console/paths/paths-page.tsx'))],
  [paths.looks, page(() => import('./console/looks-page.tsx'))],
  [paths.rules, page(() => import('./console/rules-page.tsx'))],
  [paths.segments, page(() => import('./console/segments/segments-page.tsx'))],
];
const ConsoleFrame = lazy<ComponentType<{ readonly children?: ComponentChildren }>>(() =>
  import('./console/console-frame.tsx').then(({ ConsoleFrame: frame }) => ({ default: frame })),
);

/** Nobody has to sign in there. */
const publicPages: typeof pages = [
  [paths.withdraw, page(() => import('./withdraw/withdraw-page.tsx'))],
  [paths.endMandate, page(() => import('./mandates/end-mandate-page.tsx'))],
  [paths.stopMail, page(() => import('./outreach/stop-mail-page.tsx'))],
];

/** `/app/orders/:orderId`, `/app/statement/:month?` */
const patternOf = (at: string): RegExp =>
  new RegExp(
    `^${at
      .replace(/\/$/, '')
      .replaceAll(/\/:\w+\?/g, '(/[^/]+)?')
      .replaceAll(/:\w+/g, '[^/]+')}/?$`,
  );

/** So that the page's code comes while it is still being found out who is here. @param path as in the address */
export function preloadPage(path: string): void {
  const [, found] = [...publicPages, ...consolePages, ...pages].find(([at]) => patternOf(at).test(path)) ?? [];
  void found?.preload?.().catch(() => undefined);
}

function Pages({ of }: { readonly of: typeof pages }) {
  const { path } = useLocation();
  const [failedAt, setFailedAt] = useState<string>();
  if (failedAt === path) return <PageTrouble />;
  return (
    <ErrorBoundary onError={() => setFailedAt(path)}>
      <Router>
        {of.map(([at, component]) => (
          <Route key={at} path={at} component={component} />
        ))}
        <Route default component={NotHere} />
      </Router>
    </ErrorBoundary>
  );
}

function Everything() {
  const { path } = useLocation();
  const now = session.value;
  if (publicPaths.includes(path)) {
    return (
      <main class="guest">
        <a class="guest-brand" href={paths.home}>
          Nachschub
        </a>
        <Pages of={publicPages} />
      </main>
    );
  }
  if (isConsole(path)) {
    return (
      <ErrorBoundary>
        <ConsoleFrame>
          <Pages of={consolePages} />
        </ConsoleFrame>
      </ErrorBoundary>
    );
  }
  if (now.kind === 'starting') return null;
  if (now.kind === 'signed-out') return <Welcome because={now.because} />;
  return (
    <Frame memberId={now.memberId}>
      <Pages of={pages} />
    </Frame>
  );
}

export const App = () => (
  <LocationProvider scope={/^\/app(\/|$)/}>
    <Everything />
  </LocationProvider>
);
