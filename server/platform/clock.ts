/** The clock of the running program: the only place that reads the current time. */
export const now = (): Date => new Date()
