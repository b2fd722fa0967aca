/** What each check asks of a shop, in both languages. */
import type { ConformanceCheck } from '../../../shared/retailer/conformance.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
/** One sentence, in each language. */
export type Words = Readonly<Record<Language, string>>;
export const words = (en: string, de: string): Words => ({ en, de });
/** What reads alike in both. */
export const alike = (text: string): Words => ({ en: text, de: text });

export const LINES_MAX = 50;
export const COPIES = 5;
/** Beyond the tolerance by one second. */
export const JUST_OUTSIDE_SECONDS = 301;
export const SIGNED_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

export const expected: Readonly<Record<ConformanceCheck, Words>> = {
  'good-signature': words(
    '2xx to an order that is signed as ours are (v1, and v1a beside it)',
    '2xx auf eine Bestellung, die wie unsere signiert ist (v1, daneben v1a)',
  ),
  'shared-scheme': words(
    '2xx to an order that is signed with v1 alone, or with v1a alone',
    '2xx auf eine Bestellung, die nur mit v1 oder nur mit v1a signiert ist',
  ),
  'second-version': words('2xx to a good signature beside one of the other version', '2xx auf eine gültige Signatur neben einer der anderen Version'),
  'two-signatures': words(
    '2xx to two signatures of one version of which one is good, as on the day on which keys are changed',
    '2xx auf zwei Signaturen einer Version, von denen eine gilt, wie an dem Tag, an dem Schlüssel gewechselt werden',
  ),
  'fifty-lines': words(`2xx to an order of ${LINES_MAX} lines`, `2xx auf eine Bestellung mit ${LINES_MAX} Zeilen`),
  'order-by-id': words(
    '200 with every answer so far when we ask for an order that you took, and nothing above its price',
    '200 mit allen bisherigen Antworten, wenn wir nach einer angenommenen Bestellung fragen, und nichts über ihrem Preis',
  ),
  'unknown-order': words('404 when we ask for an order that you never got', '404, wenn wir nach einer Bestellung fragen, die nie bei Ihnen ankam'),
  'unsigned-question': words('no order told to somebody who asks without a signature', 'keine Auskunft an jemanden, der ohne Signatur fragt'),
  'wrong-secret': words('4xx to a message that was signed with other keys', '4xx auf eine Nachricht, die mit fremden Schlüsseln signiert ist'),
  'changed-body': words(
    '4xx to a message whose body was changed after it was signed',
    '4xx auf eine Nachricht, deren Inhalt nach dem Signieren verändert wurde',
  ),
  'other-id': words(
    '4xx to a message that bears another webhook-id than the signed one',
    '4xx auf eine Nachricht, die eine andere webhook-id trägt als die signierte',
  ),
  'too-old': words(`4xx to a timestamp ${JUST_OUTSIDE_SECONDS} s in the past`, `4xx auf einen Zeitstempel, der ${JUST_OUTSIDE_SECONDS} s zurückliegt`),
  'too-new': words(`4xx to a timestamp ${JUST_OUTSIDE_SECONDS} s in the future`, `4xx auf einen Zeitstempel ${JUST_OUTSIDE_SECONDS} s in der Zukunft`),
  'header-missing': words(`4xx to a message that lacks ${SIGNED_HEADERS.join(', ')}`, `4xx auf eine Nachricht, der ${SIGNED_HEADERS.join(', ')} fehlt`),
  'refused-is-not-kept': words(
    '404 when we ask for an order whose message was forged',
    '404, wenn wir nach einer Bestellung fragen, deren Nachricht gefälscht war',
  ),
  'same-message-twice': words('2xx to a message that comes again, and one order', '2xx auf eine Nachricht, die noch einmal kommt, und eine Bestellung'),
  'same-message-at-once': words(
    `2xx to one of ${COPIES} copies that come at the same instant, and one order`,
    `2xx auf eine von ${COPIES} Kopien, die im selben Augenblick kommen, und eine Bestellung`,
  ),
  'given-up-after-commit': words(
    'one order, after we hung up before your answer and sent the message again',
    'eine Bestellung, nachdem wir vor Ihrer Antwort aufgelegt und die Nachricht noch einmal geschickt haben',
  ),
  cancel: words('2xx to a cancel, then order.cancelled or order.cancel-refused', '2xx auf eine Stornierung, danach order.cancelled oder order.cancel-refused'),
  'cancel-before-order': words(
    '2xx to the cancel of an order that has not come, and order.cancelled when it comes',
    '2xx auf die Stornierung einer Bestellung, die noch nicht da ist, und order.cancelled, wenn sie kommt',
  ),
  'message-about-unknown-order': words(
    '2xx to the other messages about an order that you do not know',
    '2xx auf die übrigen Nachrichten zu einer Bestellung, die Sie nicht kennen',
  ),
  'too-late': words('a no to an order whose acceptBefore is over', 'ein Nein zu einer Bestellung, deren acceptBefore vorbei ist'),
  'no-redirect': words('no answer with 3xx', 'keine Antwort mit 3xx'),
  'signed-answer': words(
    'a message of yours about an order of this run, signed with keys.fromRetailer, at our address',
    'eine Nachricht von Ihnen zu einer Bestellung dieses Laufs, signiert mit keys.fromRetailer, an unserer Adresse',
  ),
  'in-time': words('every answer within 15 s', 'jede Antwort innerhalb von 15 s'),
};
