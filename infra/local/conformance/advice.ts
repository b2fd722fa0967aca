/** What somebody should change or look at, in both languages. */
import type { ShopAnswer } from './call.ts';
import { words, type Words } from './expected.ts';

const ONCE = words(
  'Keep the webhook-id with the order, in the same transaction and under a unique index, and answer a repeat as you answered the first.',
  'Speichern Sie die webhook-id mit der Bestellung, in derselben Transaktion und unter einem eindeutigen Index, und antworten Sie auf eine Wiederholung wie beim ersten Mal.',
);
const after = (first: Words): Words => words(`${first.en} ${ONCE.en}`, `${first.de} ${ONCE.de}`);

export const advice = {
  first: words('Mend what the first finding says.', 'Beheben Sie zuerst den ersten Befund.'),
  firstThenAgain: words('Mend the first finding, then run this again.', 'Beheben Sie den ersten Befund und prüfen Sie dann noch einmal.'),
  sharedScheme: words(
    'Verify either the v1 entries of webhook-signature with our secret (whsec_), or the v1a entries with our public key (whpk_): one of the two is enough.',
    'Prüfen Sie entweder die v1-Einträge von webhook-signature mit dem gemeinsamen Schlüssel (whsec_) oder die v1a-Einträge mit unserem öffentlichen (whpk_): Eines von beiden genügt.',
  ),
  anyOfTheEntries: words(
    'Split webhook-signature at spaces, and take the message when any one of its entries is good; skip versions that you do not know.',
    'Trennen Sie webhook-signature an den Leerzeichen und nehmen Sie die Nachricht an, wenn einer der Einträge gilt; überspringen Sie Versionen, die Sie nicht kennen.',
  ),
  everyEntry: words(
    'Try every entry of your version in webhook-signature, not only the first: while keys are changed a message bears one of each key.',
    'Probieren Sie jeden Eintrag Ihrer Version in webhook-signature, nicht nur den ersten: Während Schlüssel gewechselt werden, trägt eine Nachricht einen von jedem.',
  ),
  charge: (minor: number): Words =>
    words(
      `Charge ${minor} cents or less: nothing above totalMinor is ever paid.`,
      `Berechnen Sie höchstens ${minor} Cent: Mehr als totalMinor wird nie bezahlt.`,
    ),
  answer404: words(
    'Answer 404 for an order that never reached you: its needs are then ordered elsewhere, and otherwise never.',
    'Antworten Sie mit 404 auf eine Bestellung, die nie bei Ihnen ankam: Nur dann wird anderswo bestellt.',
  ),
  verifyQuestion: words(
    'Verify the question like a message, over an empty body: who asks without a signature must not learn what somebody bought.',
    'Prüfen Sie die Frage wie eine Nachricht, über einen leeren Inhalt: Wer ohne Signatur fragt, darf nicht erfahren, was jemand gekauft hat.',
  ),
  noRedirect: words(
    'Register the address that answers itself: a redirect is a failure and never followed, since the address behind it was not judged.',
    'Melden Sie die Adresse an, die selbst antwortet: Eine Umleitung zählt als Fehler, ihr wird nie gefolgt, denn die Adresse dahinter wurde nicht geprüft.',
  ),
  storeThenAnswer: words(
    'Store the message and answer at once; whatever takes longer belongs after the answer.',
    'Speichern Sie die Nachricht und antworten Sie sofort; was länger dauert, gehört hinter die Antwort.',
  ),
  soonerUnderLoad: words(
    'Answer as soon as the message is stored: under load this becomes 15 s, and then it counts as not delivered.',
    'Antworten Sie, sobald die Nachricht gespeichert ist: Unter Last werden daraus 15 s, und dann gilt sie als nicht zugestellt.',
  ),
  answerGet: words(
    'Answer GET <apiUrl>/orders/{orderId} with 200 and everything that you have said about the order.',
    'Antworten Sie auf GET <apiUrl>/orders/{orderId} mit 200 und allem, was Sie zu der Bestellung gesagt haben.',
  ),
  answerTests: words(
    'Answer test orders (account «conformance») at once: their answers show whether they were taken once.',
    'Beantworten Sie Testbestellungen (account «conformance») sofort: Ihre Antworten zeigen, ob sie einmal angenommen wurden.',
  ),
  once: ONCE,
  keepAnswers: after(
    words(
      'A repeat leaves the order and what you said of it as they were, and an answer keeps its messageId.',
      'Eine Wiederholung lässt die Bestellung und Ihre Antworten dazu, wie sie sind, und eine Antwort behält ihre messageId.',
    ),
  ),
  countAnswers: after(words('Count the answers of an order from 1.', 'Zählen Sie die Antworten einer Bestellung ab 1.')),
  oneWins: words('Let one of several copies win, and answer 2xx to it.', 'Lassen Sie eine der Kopien gewinnen und antworten Sie ihr mit 2xx.'),
  takeRepeats: after(
    words(
      'Answer 2xx to a message that you have: else it comes ten times.',
      'Antworten Sie mit 2xx auf eine Nachricht, die Sie schon haben: Sonst kommt sie zehnmal.',
    ),
  ),
  orderBeforeId: words(
    'Store the order before you note its webhook-id as done, in one transaction; who hangs up while you work must not undo it.',
    'Speichern Sie die Bestellung, ehe Sie ihre webhook-id als erledigt vermerken, in einer Transaktion; wer währenddessen auflegt, darf sie nicht rückgängig machen.',
  ),
  clearNo: words(
    'Refuse with 401: a redirect, a 5xx or no answer at all would make an honest sender try again.',
    'Lehnen Sie mit 401 ab: Bei einer Umleitung, einem 5xx oder ganz ohne Antwort versucht es auch ein ehrlicher Absender noch einmal.',
  ),
  compareClocks: words(
    'Compare webhook-timestamp with your clock, both ways, and refuse what is more than 300 s off: else a message that was overheard can be played back for ever.',
    'Vergleichen Sie webhook-timestamp in beide Richtungen mit Ihrer Uhr und lehnen Sie ab, was mehr als 300 s abweicht: Sonst lässt sich eine mitgehörte Nachricht für immer abspielen.',
  ),
  setClock: words('Set your clock (NTP), or your tolerance to 300 s.', 'Stellen Sie Ihre Uhr (NTP), oder Ihre Toleranz auf 300 s.'),
  refuseWithout: (header: string): Words =>
    words(
      `Refuse a message without ${header}: nothing proves who sent it, or when.`,
      `Lehnen Sie eine Nachricht ohne ${header} ab: Nichts beweist, wer sie wann geschickt hat.`,
    ),
  verifyFirst: words(
    'Verify before you store: what was not signed by us must leave nothing behind.',
    'Prüfen Sie, ehe Sie speichern: Was nicht von uns signiert ist, darf nichts hinterlassen.',
  ),
  signWithOurs: words(
    'Sign your messages with the secret of the direction from the shop (keys.fromRetailer, not toRetailer) over `id.timestamp.body`, or with v1a and the key whose public half you told us; and set your clock.',
    'Signieren Sie Ihre Nachrichten mit dem Schlüssel der Richtung vom Laden (keys.fromRetailer, nicht toRetailer) über `id.timestamp.body`, oder mit v1a und dem Schlüssel, dessen öffentlichen Teil Sie uns gesagt haben; und stellen Sie Ihre Uhr.',
  ),
  postAnswers: words(
    'Post what you say of an order, of a test order too, to /retailers/{retailerId}/messages as soon as you say it, signed with keys.fromRetailer; and look at what we answer.',
    'Schicken Sie, was Sie zu einer Bestellung sagen, auch zu einer Testbestellung, sofort an /retailers/{retailerId}/messages, signiert mit keys.fromRetailer; und sehen Sie nach, was wir antworten.',
  ),
  ownHmac: words(
    'Compare the signatures with your own of the message; these were made with keys that nobody has.',
    'Vergleichen Sie die Signaturen mit Ihrer eigenen der Nachricht; diese stammen von Schlüsseln, die niemand hat.',
  ),
  rawBytes: words(
    'Verify over the raw bytes as they came in: a body that is parsed and written anew, or left out of the hash, proves nothing.',
    'Prüfen Sie über die rohen Bytes, wie sie ankamen: Ein Inhalt, der gelesen und neu geschrieben wird oder gar nicht in die Prüfung eingeht, beweist nichts.',
  ),
  hashTheId: words(
    'Hash `id.timestamp.body`: without the id anybody can repeat a message under a new name, and you would take it twice.',
    'Prüfen Sie über `id.timestamp.body`: Ohne die id kann jeder eine Nachricht unter neuem Namen wiederholen, und Sie nähmen sie zweimal an.',
  ),
  sayCancelled: words(
    'Say order.cancelled if you still can, else order.cancel-refused: until then the household cannot buy elsewhere.',
    'Sagen Sie order.cancelled, wenn es noch geht, sonst order.cancel-refused: Bis dahin kann der Haushalt nicht anderswo kaufen.',
  ),
  tombstone: words(
    'Answer 2xx to the cancel of an order that you do not know, and keep its id as a tombstone.',
    'Antworten Sie mit 2xx auf die Stornierung einer Bestellung, die Sie nicht kennen, und merken Sie sich ihre Nummer.',
  ),
  answerCancelled: words(
    'Take the order and answer it with order.cancelled, so that GET tells what became of it.',
    'Nehmen Sie die Bestellung entgegen und beantworten Sie sie mit order.cancelled, damit GET sagt, was aus ihr wurde.',
  ),
  keepTombstone: words(
    'Keep a tombstone for the cancel, and answer the order with order.cancelled when it comes: it has been bought elsewhere.',
    'Merken Sie sich die Stornierung und beantworten Sie die Bestellung, wenn sie kommt, mit order.cancelled: Sie wurde anderswo gekauft.',
  ),
  takeEveryMessage: words(
    'Answer 2xx to every message of ours that is signed, also about an order that you do not know: else it comes ten times.',
    'Antworten Sie mit 2xx auf jede signierte Nachricht von uns, auch zu einer Bestellung, die Sie nicht kennen: Sonst kommt sie zehnmal.',
  ),
  refuseLate: words(
    'Refuse an order after its acceptBefore (422), or answer it with order.rejected: by then another shop may have it.',
    'Lehnen Sie eine Bestellung nach ihrem acceptBefore ab (422) oder antworten Sie mit order.rejected: Dann hat sie vielleicht schon ein anderer Laden.',
  ),
} as const;

/** What to do about a no to a message that is right in every way. */
export function mend(answer: ShopAnswer): Words {
  if (answer.kind === 'silent')
    return words(
      'Let the address answer from outside, and answer within 15 s: store first, work later.',
      'Sorgen Sie dafür, dass die Adresse von außen antwortet, und zwar innerhalb von 15 s: erst speichern, dann arbeiten.',
    );
  const { status, location } = answer;
  if (status >= 300 && status < 400)
    return words(
      `Answer at the registered address itself, not with a redirect${location === undefined ? '' : ` to ${location}`}: redirects are never followed.`,
      `Antworten Sie an der angemeldeten Adresse selbst, nicht mit einer Umleitung${location === undefined ? '' : ` zu ${location}`}: Umleitungen wird nie gefolgt.`,
    );
  if (status === 401 || status === 403)
    return words(
      'Check the key (whsec_ … of the direction to the shop, or whpk_ …), and verify `id.timestamp.body` over the raw bytes, before anything parses them.',
      'Sehen Sie nach dem Schlüssel (whsec_ … der Richtung zum Laden, oder whpk_ …) und prüfen Sie `id.timestamp.body` über die rohen Bytes, ehe etwas sie liest.',
    );
  if (status === 404 || status === 405)
    return words(
      'Check the path: messages are posted to the address exactly as it was given.',
      'Sehen Sie nach dem Pfad: Nachrichten gehen genau an die angegebene Adresse.',
    );
  if (status === 400 || status === 422)
    return words(
      'The signature was taken but not the message: read it as the guide describes it, and let members pass that you do not know. On this machine `acceptBefore` is judged by the message’s `timestamp`, not by the clock on the wall.',
      'Die Signatur wurde angenommen, die Nachricht nicht: Lesen Sie sie, wie die Anleitung es beschreibt, und lassen Sie unbekannte Felder gelten. Auf diesem Rechner gilt `acceptBefore` gegen `timestamp` der Nachricht, nicht gegen die Uhr an der Wand.',
    );
  return words('Look into your log for this time: the message was right.', 'Sehen Sie für diesen Zeitpunkt in Ihr Protokoll: Die Nachricht war richtig.');
}
