/** What is to be learnt of each kind of device, step by step: a heading and two sentences. */
export const lessonWords = {
  en: {
    places: { title: 'Everything has its place', text: 'A place measures one product. Keep milk where you said milk stands, then its level is right.' },
    'put-back': {
      title: 'Put it back in the same place',
      text: 'What stands on the table is not counted. It comes back into the count when it comes back into the fridge.',
    },
    'first-days': {
      title: 'Give it three days',
      text: 'In the first days the forecast is a guess with a wide margin. It narrows with each day that it watches.',
    },
    'yes-or-no': {
      title: 'You decide what is bought',
      text: 'Low is not bought: you are asked first. Only a mandate with limits of your own lets an order go without a question.',
    },
    tank: {
      title: 'The tank is one place',
      text: 'It measures litres or kilograms. After a delivery the level jumps up by itself; you have nothing to enter.',
    },
    weather: {
      title: 'It knows the weather',
      text: 'Cold days use more. The forecast follows the temperature outside, so it asks in time before a cold week.',
    },
    remote: { title: 'It watches its remote control', text: 'The batteries are measured as pieces. Two new ones count as full.' },
    questions: {
      title: 'Questions appear on the screen',
      text: 'An order that waits is shown as a card. You may say yes there only when you have seen every line and the total.',
    },
    'sign-in': {
      title: 'Who holds the remote control?',
      text: 'A yes counts for whoever is signed in on the TV. Whoever is a guest there sees the card and cannot answer it.',
    },
  },
  de: {
    places: { title: 'Alles hat seinen Platz', text: 'Ein Fach misst ein Produkt. Stell Milch dorthin, wo Milch steht, dann stimmt der Stand.' },
    'put-back': {
      title: 'Stell es an denselben Platz zurück',
      text: 'Was auf dem Tisch steht, zählt nicht mit. Sobald es wieder im Kühlschrank steht, zählt es wieder.',
    },
    'first-days': {
      title: 'Lass ihm drei Tage',
      text: 'Am Anfang ist die Vorhersage grob geschätzt. Mit jedem Tag, den das Gerät zuschaut, wird sie genauer.',
    },
    'yes-or-no': {
      title: 'Du bestimmst, was gekauft wird',
      text: 'Knapp heißt nicht gekauft: Du wirst erst gefragt. Nur ein Mandat mit deinen Grenzen bestellt ohne Frage.',
    },
    tank: {
      title: 'Der Tank ist ein Fach',
      text: 'Es misst Liter oder Kilogramm. Nach einer Lieferung steigt der Stand von selbst; eintragen musst du nichts.',
    },
    weather: {
      title: 'Sie kennt das Wetter',
      text: 'Kalte Tage brauchen mehr. Die Vorhersage folgt der Außentemperatur und fragt rechtzeitig vor einer kalten Woche.',
    },
    remote: { title: 'Er achtet auf die Fernbedienung', text: 'Ihre Batterien werden in Stück gemessen. Zwei neue gelten als voll.' },
    questions: {
      title: 'Fragen erscheinen auf dem Bildschirm',
      text: 'Eine Bestellung, die wartet, steht dort als Karte. Ja sagen kannst du nur, wenn du jede Zeile und die Summe gesehen hast.',
    },
    'sign-in': {
      title: 'Wer hält die Fernbedienung?',
      text: 'Ein Ja zählt für die Person, die am Fernseher angemeldet ist. Gäste sehen die Karte und können sie nicht beantworten.',
    },
  },
} as const;
