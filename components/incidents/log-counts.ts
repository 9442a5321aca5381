/** The numbers that the sentences of the log may name. */
const counted = ['reports', 'recipients', 'answered', 'submitted', 'skipped', 'failed', 'noticed', 'anonymous'] as const

/** The counts in the details of an event; a missing one is zero. */
export const countsOf = (details: Record<string, unknown>) =>
  Object.fromEntries(counted.map((key) => [key, typeof details[key] === 'number' ? details[key] : 0]))
