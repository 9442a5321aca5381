/** One spelling for every way a username can be typed: wide letters, capitals, spaces around it. */
export const usernameOf = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** What a new username looks like. */
export const usernamePattern = /^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$/
