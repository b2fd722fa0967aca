import './no-eval.ts';
import './design/tokens.css';
import './design/base.css';
import './design/surfaces.css';
import './design/controls.css';
import './frame/frame.css';
import { render } from 'preact';
import { App, preloadPage } from './app.tsx';
import { startOffline } from './offline/start.ts';
import { startSession } from './session/session.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no place for the app');
preloadPage(location.pathname);
// First who is here: the way back from signing in changes the address that the router reads.
await startSession();
render(<App />, root);
startOffline();
