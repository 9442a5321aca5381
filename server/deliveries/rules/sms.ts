/** The letters of the GSM 7-bit alphabet; those of its extension count twice. */
const plain =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '^{}\\[~]|€\f'

/** The number of messages of a text: up to 160 letters in one or 153 in each of several; with accents 70 or 67. */
export function segmentsOf(text: string): number {
  const letters = [...text]
  if (letters.every((letter) => plain.includes(letter) || extended.includes(letter))) {
    const length = letters.reduce((sum, letter) => sum + (extended.includes(letter) ? 2 : 1), 0)
    return length <= 160 ? 1 : Math.ceil(length / 153)
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
}

/** Removes accents, so that a message holds 160 letters: "Đã trả lời" becomes "Da tra loi". */
export const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, '-')
