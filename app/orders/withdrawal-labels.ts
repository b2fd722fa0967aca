/** The two labels of the withdrawal function are those of the law: Directive (EU) 2023/2673 Art. 11a, §356a BGB. Nothing is added to them. */
export const withdrawalLabels = {
  en: { first: 'withdraw from contract here', second: 'confirm withdrawal' },
  de: { first: 'Vertrag widerrufen', second: 'Widerruf bestätigen' },
} as const;
