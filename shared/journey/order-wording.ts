/** What a household is told while an order is on its way, where it does not simply go on. */

interface Facts {
  readonly goods: string;
  readonly shop: string;
  readonly total: string;
}

export const orderWording = {
  'order-part-delivered': {
    en: ({ shop }: Facts) => ({ title: 'A part has come', text: `The rest of the order at ${shop} is still to come.` }),
    de: ({ shop }: Facts) => ({ title: 'Ein Teil ist da', text: `Der Rest der Bestellung bei ${shop} kommt noch.` }),
  },
  'order-back-ordered': {
    en: ({ goods, shop }: Facts) => ({
      title: `${shop} sends some of it later`,
      text: `Of ${goods} some will come on another day. The app says which and when.`,
    }),
    de: ({ goods, shop }: Facts) => ({
      title: `${shop} schickt etwas später`,
      text: `Von ${goods} kommt etwas an einem anderen Tag. In der App steht, was und wann.`,
    }),
  },
  'order-refunded': {
    en: ({ shop, total }: Facts) => ({ title: 'Money back', text: `${shop} has paid back ${total}.` }),
    de: ({ shop, total }: Facts) => ({ title: 'Geld zurück', text: `${shop} hat ${total} erstattet.` }),
  },
  'refund-overdue': {
    en: ({ shop, total }: Facts) => ({
      title: 'A refund is overdue',
      text: `${shop} still owes you ${total}. Please report it from the order, and we take it up.`,
    }),
    de: ({ shop, total }: Facts) => ({
      title: 'Eine Erstattung ist überfällig',
      text: `${shop} schuldet dir noch ${total}. Melde es bei der Bestellung, dann kümmern wir uns.`,
    }),
  },
  'payment-declined': {
    en: ({ goods, shop }: Facts) => ({
      title: `${shop} could not charge you`,
      text: `${goods}: please look after your account at ${shop}. Nothing was charged.`,
    }),
    de: ({ goods, shop }: Facts) => ({
      title: `${shop} konnte nicht abbuchen`,
      text: `${goods}: Bitte sieh nach deinem Konto bei ${shop}. Es wurde nichts abgebucht.`,
    }),
  },
  'cancel-refused': {
    en: ({ goods, shop }: Facts) => ({ title: `${shop} cannot cancel any more`, text: `${goods} will come. You can withdraw from the contract afterwards.` }),
    de: ({ goods, shop }: Facts) => ({ title: `${shop} kann nicht mehr stornieren`, text: `${goods} kommt. Du kannst den Vertrag danach widerrufen.` }),
  },
  'order-stuck': {
    en: ({ goods, shop }: Facts) => ({
      title: `No word from ${shop}`,
      text: `Nobody knows whether ${goods} will come. You can wait, or look at the order and decide.`,
    }),
    de: ({ goods, shop }: Facts) => ({
      title: `Kein Wort von ${shop}`,
      text: `Ob ${goods} kommt, weiß gerade niemand. Du kannst warten oder bei der Bestellung entscheiden.`,
    }),
  },
  'order-unwanted': {
    en: ({ goods, shop }: Facts) => ({
      title: `${shop} has changed its mind`,
      text: `It had said no to ${goods}, so that was ordered elsewhere. We have asked it to cancel; should it come all the same, you owe nothing for it.`,
    }),
    de: ({ goods, shop }: Facts) => ({
      title: `${shop} hat es sich anders überlegt`,
      text: `Zu ${goods} kam ein Nein, also wurde anderswo bestellt. Wir haben um Stornierung gebeten; kommt es trotzdem, schuldest du nichts dafür.`,
    }),
  },
  'substitution-offered': {
    en: ({ goods, shop }: Facts) => ({
      title: `${shop} asks: something else instead?`,
      text: `Something of ${goods} has run short. Without your answer it is a no.`,
    }),
    de: ({ goods, shop }: Facts) => ({
      title: `${shop} fragt: etwas anderes statt dessen?`,
      text: `Von ${goods} fehlt etwas. Ohne deine Antwort gilt es als Nein.`,
    }),
  },
};
