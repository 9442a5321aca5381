/** Without letters and digits that are taken for one another when read out over the telephone. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The code of one defect, once: it stands in one line of the log and on the screen of whoever met it. */
export const newFault = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % letters.length]).join('')
