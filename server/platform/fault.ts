/** Without letters and digits that are easily confused when read out over the telephone. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code for one occurrence of a defect: it is in one line of the log and on the screen of the user who met it. */
export const newFault = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % letters.length]).join('')
