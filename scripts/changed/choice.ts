/** A journey or a test file that may be run: the words of its path and title, and about how many seconds it takes. */
export type Candidate = { id: string; file: string; text: string; seconds: number }

/** `changed`: the paths of what has changed; `limit`: seconds; `rank`: lower for a file nearer to the change. */
export type Limits = { changed: readonly string[]; limit: number; rank: (file: string) => number }

/**
 * What to run of all that is affected, in the given seconds. If not all fits, what concerns the domain of the change
 * comes first: what has words of the paths of the changed files in its own path or title, the rarest before others.
 * Those of a lower rank come before all of a higher one.
 */
export function choose(
  affected: readonly Candidate[],
  { changed, limit, rank }: Limits,
): { run: Candidate[]; left: Candidate[] } {
  if (secondsOf(affected) <= limit) return { run: [...affected], left: [] }
  const sought = wordsOf(changed.join(' '))
  const wordsOfEach = new Map(affected.map((one) => [one, wordsOf(one.text)]))
  const frequency = new Map<string, number>()
  for (const words of wordsOfEach.values()) {
    for (const word of words) if (sought.has(word)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  }
  const closeness = (one: Candidate) => {
    const shared = [...(wordsOfEach.get(one) ?? [])].filter((word) => sought.has(word))
    return shared.reduce((sum, word) => sum + 1 / (frequency.get(word) ?? 1), 0)
  }
  const order = affected
    .map((one) => ({ one, closeness: closeness(one), rank: rank(one.file) }))
    .sort((a, b) => a.rank - b.rank || b.closeness - a.closeness)
  let left = limit
  const run = new Set<Candidate>()
  for (const { one } of order) {
    if (one.seconds > left) continue
    run.add(one)
    left -= one.seconds
  }
  return { run: [...run], left: affected.filter((one) => !run.has(one)) }
}

const secondsOf = (all: readonly Candidate[]): number => all.reduce((sum, { seconds }) => sum + seconds, 0)

/** Words that say where a file is, not what it is about. */
const ofPlaces = new Set(
  'app component db e2e json message page rule query command router schema server spec test ts tsx'.split(' '),
)

/** The words of paths and titles, in the singular: a folder is named reports where a title says a report. */
function wordsOf(text: string): Set<string> {
  const words =
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]{2,}/g) ?? []
  return new Set(words.map(singular).filter((word) => !ofPlaces.has(word)))
}

const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
