/** The normalised form of a typed username: full-width letters, capitals and surrounding spaces are folded. */
export const usernameOf = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** The format of a new username. */
export const usernamePattern = /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/
