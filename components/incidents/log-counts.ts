/** The numbers that the sentences of the log may name. */
const counted = ['reports', 'recipients', 'answered', 'submitted', 'skipped', 'failed', 'noticed', 'anonymous'] as const

/** What an event says of them; what it says nothing of is none. */
export const countsOf = (details: Record<string, unknown>) =>
  Object.fromEntries(counted.map((key) => [key, typeof details[key] === 'number' ? details[key] : 0]))
