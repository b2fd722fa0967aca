export const perkWords = {
  en: {
    kinds: { voucher: 'Voucher', 'free-delivery': 'Delivery for free', 'buy-one-get-one': 'Every second pack for free' },
    funders: { brand: 'the brand', platform: 'Nachschub' },
    paidBy: (funder: string) => `paid by ${funder}`,
  },
  de: {
    kinds: { voucher: 'Gutschein', 'free-delivery': 'Lieferung geschenkt', 'buy-one-get-one': 'Jede zweite Packung gratis' },
    funders: { brand: 'der Marke', platform: 'Nachschub' },
    paidBy: (funder: string) => `bezahlt von ${funder}`,
  },
} as const;
