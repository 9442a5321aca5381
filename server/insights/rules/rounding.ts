import { decimalFrom } from './definitions.ts'

/** A percentage of n reports: to 0.1 of a thousand and more, whole of fewer. */
export const roundedPercent = (percent: number, n: number): number =>
  n >= decimalFrom ? Math.round(percent * 10) / 10 : Math.round(percent)
