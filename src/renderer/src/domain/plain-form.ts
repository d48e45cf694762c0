/** Lower case and without accents, so that "muller" finds "Müller". */
export const plainForm = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
