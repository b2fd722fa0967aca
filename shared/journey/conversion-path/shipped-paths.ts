/** The conversion paths that come with the product: data, to be copied, changed and switched off. */
import { pathSchema, type Path } from './path.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

const shipped: readonly Path[] = [
  {
    path: 'unanswered-approval',
    name: { de: 'Unbeantwortete Freigabe', en: 'Unanswered approval' },
    goal: { de: 'Nichts geht aus, nur weil eine Frage unbeantwortet blieb.', en: 'Nothing runs out only because a question stayed unanswered.' },
    key: 'approval',
    trigger: { on: ['order.approval-requested'] },
    success: [{ on: ['order.approved'] }],
    exits: [{ on: ['order.declined', 'order.expired', 'order.withdrawn'] }],
    // Half of the time that is left still leaves time to answer, also before the stock is expected to end.
    steps: [
      { step: 'wait', until: 'share-of-time', deadline: ['expiresAt', 'runsOutAt'], share: 0.5, otherwiseMinutes: 12 * HOUR },
      { step: 'message', content: 'reminder', channels: ['app', 'tv', 'fridge', 'e-mail'], urgent: true },
    ],
    ...{ reentry: 'never', lapsesAfterDays: 14 },
    purpose: 'order',
    phase: 'conviction',
    contents: {
      reminder: {
        de: { title: 'Deine Antwort fehlt noch', text: '{goods|Eine Bestellung} bei {shop|eurem Laden}. Ohne dein Ja wird nichts gekauft.' },
        en: { title: 'Still waiting for your answer', text: '{goods|An order} at {shop|your shop}. Nothing is bought without your yes.' },
        reason: { de: 'weil diese Bestellung auf ein Ja oder Nein wartet', en: 'because this order waits for a yes or a no' },
      },
    },
    controlShare: 0,
  },
  {
    path: 'abandoned-cart',
    name: { de: 'Liegengebliebener Warenkorb', en: 'Abandoned cart' },
    goal: { de: 'Wer schon ausgesucht hat, findet zurück.', en: 'Whoever has chosen already finds the way back.' },
    key: 'cart',
    trigger: { on: ['Product Added', 'Cart Viewed', 'Checkout Started'], restarts: true },
    success: [{ on: ['Order Completed', 'order.approved@customer'], anywhere: true }],
    exits: [{ on: ['Cart Emptied'] }],
    steps: [
      { step: 'wait', until: 'passed', minutes: 4 * HOUR },
      { step: 'message', content: 'waiting', channels: ['app', 'tv', 'e-mail'] },
    ],
    reentry: { afterDays: 7 },
    lapsesAfterDays: 7,
    purpose: 'suggestion',
    phase: 'conviction',
    contents: {
      waiting: {
        de: { title: 'Dein Warenkorb wartet', text: 'Ausgesucht, aber noch nicht bestellt. Wenn du magst, machst du dort weiter, wo du warst.' },
        en: { title: 'Your cart is waiting', text: 'Chosen, but not ordered yet. If you like, go on where you were.' },
        reason: { de: 'weil du auf der Website etwas in den Warenkorb gelegt hast', en: 'because you put something into the cart on the website' },
      },
    },
    controlShare: 20,
  },
  {
    path: 'abandoned-form',
    name: { de: 'Angefangenes Formular', en: 'Abandoned form' },
    goal: { de: 'Was jemand begonnen hat, geht nicht verloren.', en: 'What somebody has begun is not lost.' },
    key: 'form',
    trigger: { on: ['form.begun', 'Form Started'] },
    success: [{ on: ['form.finished', 'Form Submitted'] }],
    exits: [],
    steps: [
      { step: 'wait', until: 'passed', minutes: DAY },
      { step: 'message', content: 'unfinished', channels: ['app'] },
    ],
    reentry: { afterDays: 14 },
    lapsesAfterDays: 14,
    purpose: 'service',
    phase: 'implementation',
    contents: {
      unfinished: {
        de: { title: 'Da war noch etwas', text: 'Ein angefangenes Formular liegt in der App bereit. Du kannst es beenden oder verwerfen.' },
        en: { title: 'There was something else', text: 'A form that was begun is kept in the app. You can finish it or throw it away.' },
        reason: { de: 'weil seit einem Tag ein Formular angefangen ist', en: 'because a form has been begun for a day' },
        link: '/app/',
      },
    },
    controlShare: 0,
  },
  {
    path: 'missing-subscription',
    name: { de: 'Fehlende Dauererlaubnis', en: 'Missing standing permission' },
    goal: { de: 'Was immer gleich von Hand gekauft wird, darf von selbst kommen.', en: 'What is always bought by hand may come by itself.' },
    key: 'supply',
    trigger: { on: ['supply.restocked'], where: { by: 'person' }, times: { count: 3, withinDays: 120 } },
    success: [{ on: ['mandate.granted'], anywhere: true }, { on: ['supply.restocked'], where: { by: 'mandate' } }, { on: ['supply.automation-trusted'] }],
    exits: [{ on: ['supply.removed'] }],
    steps: [
      { step: 'wait', until: 'passed', minutes: 2 * HOUR },
      { step: 'message', content: 'let-it-buy', channels: ['app', 'e-mail'] },
    ],
    reentry: { afterDays: 90 },
    lapsesAfterDays: 30,
    purpose: 'suggestion',
    phase: 'up-selling',
    contents: {
      'let-it-buy': {
        de: {
          title: '{item|Das} darf von selbst kommen',
          text: 'Dreimal hast du {item|dasselbe} von Hand freigegeben. Mit einem Mandat in deinen Grenzen sparst du dir die Frage.',
        },
        en: {
          title: '{item|This} may come by itself',
          text: 'You approved {item|the same} by hand three times. A mandate within your limits would spare you the question.',
        },
        reason: { de: 'weil {item|derselbe Artikel} dreimal von Hand gekauft wurde', en: 'because {item|the same item} was bought by hand three times' },
        link: '/app/mandates/new',
      },
    },
    controlShare: 20,
  },
  {
    path: 'second-purchase',
    name: { de: 'Zweiter Kauf', en: 'Second purchase' },
    goal: { de: 'Auf die erste Bestellung folgt eine zweite.', en: 'A second order follows the first.' },
    key: 'household',
    trigger: { on: ['order.delivered'], given: { where: { count: ['order.delivered'], atMost: 1 } } },
    success: [{ on: ['order.approved'] }],
    exits: [{ on: ['spending.stopped'] }],
    steps: [
      { step: 'wait', until: 'passed', minutes: 10 * DAY },
      {
        step: 'branch',
        if: { health: { atMost: 0.4 } },
        then: [{ step: 'task', task: 'ask-how-it-began', because: 'the first order has come, and the household is not well' }],
        otherwise: [{ step: 'message', content: 'how-was-it', channels: ['app', 'e-mail'] }],
      },
    ],
    ...{ reentry: 'never', lapsesAfterDays: 45 },
    purpose: 'suggestion',
    phase: 'loyalty',
    contents: {
      'how-was-it': {
        de: { title: 'Die erste Lieferung ist da', text: 'Nachschub behält eure Vorräte im Blick. Sag, was als Nächstes nicht ausgehen soll.' },
        en: { title: 'The first delivery has come', text: 'Nachschub keeps an eye on your supplies. Say what should not run out next.' },
        reason: { de: 'weil ihr einmal bestellt habt und seitdem nicht wieder', en: 'because you ordered once and not again since' },
        link: '/app/supplies',
      },
    },
    controlShare: 20,
  },
  {
    path: 'onboarding',
    name: { de: 'Gut anfangen', en: 'Onboarding' },
    goal: { de: 'Vom Einzug bis zur ersten Lieferung hilft jemand, wo es hakt.', en: 'From moving in to the first delivery somebody helps where it sticks.' },
    key: 'household',
    trigger: { on: ['household.created'] },
    success: [{ on: ['order.delivered'] }],
    exits: [],
    steps: [
      { step: 'wait', until: 'passed', minutes: DAY },
      {
        step: 'branch',
        if: { where: { count: ['device.added', 'device.paired', 'supply.added'], atLeast: 1 } },
        then: [
          { step: 'wait', until: 'passed', minutes: 6 * DAY },
          { step: 'message', content: 'first-order', channels: ['app', 'tv'] },
        ],
        otherwise: [
          { step: 'message', content: 'connect', channels: ['app'] },
          { step: 'wait', until: 'passed', minutes: 4 * DAY },
          { step: 'task', task: 'help-to-begin', because: 'five days after moving in nothing is connected yet' },
        ],
      },
    ],
    ...{ reentry: 'never', lapsesAfterDays: 30 },
    purpose: 'service',
    phase: 'implementation',
    contents: {
      connect: {
        de: { title: 'Womit möchtest du anfangen?', text: 'Verbinde ein Gerät oder leg einen Vorrat an, dann achtet Nachschub darauf.' },
        en: { title: 'What would you like to begin with?', text: 'Connect a device or add a supply, and Nachschub looks after it.' },
        reason: { de: 'weil ihr neu seid und noch nichts verbunden ist', en: 'because you are new and nothing is connected yet' },
        link: '/app/devices',
      },
      'first-order': {
        de: { title: 'Alles bereit', text: 'Eure Vorräte werden beobachtet. Sobald etwas ausgeht, fragen wir dich, oder du gibst ein Mandat.' },
        en: { title: 'Everything is ready', text: 'Your supplies are watched. Once something runs low we ask you, or you grant a mandate.' },
        reason: { de: 'weil ihr seit einer Woche dabei seid', en: 'because you have been with us for a week' },
      },
    },
    controlShare: 0,
  },
  {
    path: 'win-back',
    name: { de: 'Zurückgewinnen', en: 'Win back' },
    goal: { de: 'Wer anderswo gekauft hat, sagt, warum, oder kommt zurück.', en: 'Whoever bought elsewhere says why, or comes back.' },
    key: 'supply',
    trigger: { on: ['supply.bought-elsewhere'] },
    success: [{ on: ['supply.restocked'] }],
    exits: [{ on: ['supply.removed'] }],
    steps: [
      { step: 'wait', until: 'passed', minutes: 3 * DAY },
      {
        step: 'branch',
        if: { health: { atMost: 0.4 } },
        then: [{ step: 'task', task: 'ask-why-elsewhere', because: 'bought elsewhere, and the household is not well' }],
        otherwise: [{ step: 'message', content: 'was-it-us', channels: ['app', 'e-mail'] }],
      },
    ],
    reentry: { afterDays: 60 },
    lapsesAfterDays: 30,
    purpose: 'suggestion',
    phase: 'support',
    contents: {
      'was-it-us': {
        de: {
          title: 'Lag es an uns?',
          text: '{item|Etwas} habt ihr anderswo geholt. Kam es zu spät, war es zu teuer oder einfach praktischer? Du kannst es ändern.',
        },
        en: { title: 'Was it us?', text: 'You got {item|something} elsewhere. Was it late, too dear, or simply handier? You can change how it is bought.' },
        reason: { de: 'weil {item|ein Vorrat} ohne unsere Lieferung aufgefüllt wurde', en: 'because {item|a supply} was filled up without a delivery of ours' },
        link: '/app/supplies',
      },
    },
    controlShare: 20,
  },
  {
    path: 'complaint-follow-up',
    name: { de: 'Nach einer Beschwerde', en: 'After a complaint' },
    goal: { de: 'Wer sich beschwert hat, merkt, dass es zählt.', en: 'Whoever complained notices that it counted.' },
    key: 'case',
    trigger: { on: ['case.solved'] },
    success: [{ on: ['order.approved'], anywhere: true }],
    exits: [{ on: ['case.reopened'] }],
    steps: [
      { step: 'wait', until: 'passed', minutes: 3 * DAY },
      { step: 'message', content: 'is-it-well', channels: ['app', 'e-mail'] },
      { step: 'wait', until: 'passed', minutes: 11 * DAY },
      {
        step: 'branch',
        if: { health: { atMost: 0.4 } },
        then: [{ step: 'task', task: 'call-after-complaint', because: 'two weeks after a complaint the household is not well' }],
        otherwise: [],
      },
    ],
    ...{ reentry: 'never', lapsesAfterDays: 30 },
    purpose: 'service',
    phase: 'support',
    contents: {
      'is-it-well': {
        de: { title: 'Ist jetzt alles gut?', text: 'Euer Problem gilt bei uns als gelöst. Wenn nicht, genügt ein Tipp, und wir sehen es uns wieder an.' },
        en: { title: 'Is everything well now?', text: 'Your problem counts as solved with us. If it is not, one tap and we look at it again.' },
        reason: { de: 'weil ihr uns vor drei Tagen ein Problem gemeldet hattet', en: 'because a problem that you reported was solved three days ago' },
      },
    },
    controlShare: 0,
  },
];

export const shippedPaths: readonly Path[] = shipped.map((path) => pathSchema.parse(path));
