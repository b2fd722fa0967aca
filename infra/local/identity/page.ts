/** One page of the provider: HTML without a script, its style named by its hash, so that nothing else can be slipped in. */
import { createHash } from 'node:crypto';
import type { Language } from './page-words.ts';

const STYLE = `
:root { color-scheme: light dark; font: 17px/1.45 system-ui, sans-serif; background: light-dark(#f6f5f1, #15171a); color: light-dark(#1f2328, #e6e4df); }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { max-width: 26rem; margin: 0 auto; padding: max(1.5rem, 8vh) 1.25rem 2rem; }
h1 { font-size: 1.5rem; font-weight: 650; letter-spacing: -0.01em; margin-bottom: 1rem; }
p { color: light-dark(#5b6068, #a2a7ae); font-size: 0.9rem; }
ul { list-style: none; display: grid; gap: 0.6rem; margin: 0 0 1.25rem; }
button { width: 100%; min-height: 3.25rem; padding: 0.6rem 1rem; text-align: left; font: inherit; font-weight: 600; color: inherit; cursor: pointer;
  background: light-dark(#ffffff, #1e2125); border: 1px solid light-dark(#c9c6bc, #464c54); border-radius: 0.7rem; }
button:hover { border-color: light-dark(#2f7d5b, #5fb98e); }
button:focus-visible { outline: 3px solid light-dark(#2f7d5b, #5fb98e); outline-offset: 2px; }
small { display: block; font-weight: 400; font-size: 0.85rem; color: light-dark(#5b6068, #a2a7ae); overflow-wrap: anywhere; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** @param formTargets origins that a form's answer may lead to, beside our own: browsers check every step of a redirect */
export const pageHeaders = (formTargets: readonly string[]): Record<string, string> => ({
  'content-security-policy': [
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'self'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** @param body HTML */
export const page = ({ language, title, body }: { readonly language: Language; readonly title: string; readonly body: string }): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Nachschub</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
