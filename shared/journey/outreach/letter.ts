/** An e-mail to one member: who it is for, what it says, why it came, how it ends, and who writes. As text and as HTML, which say the same. */
import type { Reached } from './outreach.ts';

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface LetterFacts {
  readonly language: 'de' | 'en';
  /** As their household calls them. */
  readonly name: string;
  readonly message: Pick<Reached, 'words' | 'reason' | 'kind' | 'link' | 'orderId'>;
  /** Of the app, without a slash at the end. */
  readonly site: string;
  /** Where one button ends these e-mails. */
  readonly stopUrl: string;
  /** Who writes, by the law. */
  readonly imprint: string;
}

const words = {
  en: {
    hello: (name: string) => `Hello ${name},`,
    because: (reason: string) => `You got this e-mail ${reason}. You said that Nachschub may write to you.`,
    open: 'Open it in the app',
    stop: 'No more e-mails',
    choose: 'Choose what reaches you',
  },
  de: {
    hello: (name: string) => `Hallo ${name},`,
    because: (reason: string) => `Diese E-Mail bekommst du, ${reason}. Du hast erlaubt, dass Nachschub dir schreibt.`,
    open: 'In der App öffnen',
    stop: 'Keine E-Mails mehr',
    choose: 'Auswählen, was dich erreicht',
  },
};

export function letterOf({ language, name, message, site, stopUrl, imprint }: LetterFacts): Letter {
  const t = words[language];
  const { title, text } = message.words[language];
  const hello = t.hello(inOneLine(name));
  const because = t.because(message.reason[language]);
  const open = `${site}${placeOf(message)}`;
  const choose = `${site}/app/messages`;
  const plain = [hello, title, text, `${t.open}: ${open}`, '--', because, `${t.stop}: ${stopUrl}`, `${t.choose}: ${choose}`, imprint];
  const link = (to: string, said: string) => `<a href="${escaped(to)}">${escaped(said)}</a>`;
  const html = [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:36em;margin:0 auto;padding:1em">',
    `<p>${escaped(hello)}</p><h1 style="font-size:1.25em">${escaped(title)}</h1><p>${escaped(text)}</p><p>${link(open, t.open)}</p><hr>`,
    `<p><small>${escaped(because)}</small></p><p><small>${link(stopUrl, t.stop)} · ${link(choose, t.choose)}</small></p>`,
    `<p><small>${escaped(imprint)}</small></p></body></html>`,
  ];
  return { subject: inOneLine(title), text: `${plain.join('\n\n')}\n`, html: html.join('\n') };
}

/** Where the app goes on: a question that waits is answered on a page of its own. */
function placeOf({ kind, link, orderId }: LetterFacts['message']): string {
  if (link !== undefined || orderId === undefined) return link ?? '/app/messages';
  return kind === 'unanswered-approval' ? `/app/approvals/${orderId}` : `/app/orders/${orderId}`;
}

/** A name or a title comes from people: in a header, a line break would begin another one. */
const inOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
