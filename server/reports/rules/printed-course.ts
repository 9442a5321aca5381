import type { LoggedEvent, TimelineEntry } from './timeline.ts'

type Logged = Pick<LoggedEvent, 'id' | 'event' | 'details'>

/** Ids of the events that were taken back, withdrawn or dissolved later: of them the citizen is told nothing. */
export function undoneIn(log: readonly Logged[]): ReadonlySet<number> {
  const undone = new Set<number>()
  for (const [at, { event, details }] of log.entries()) {
    const isUndone = undoing[event]?.(details)
    const last = isUndone && log.slice(0, at).findLast((earlier) => !undone.has(earlier.id) && isUndone(earlier))
    if (last) undone.add(last.id)
  }
  return undone
}

const undoing: Record<string, ((details: Logged['details']) => (earlier: Logged) => boolean) | undefined> = {
  'report.taken_back':
    ({ decision }) =>
    ({ event }) =>
      event === `report.${decision}`,
  'report.answer_withdrawn':
    ({ answerId }) =>
    ({ event, details }) =>
      event === 'report.rejected' && details.answerId === answerId,
  'report.unmerged':
    () =>
    ({ event }) =>
      event === 'report.merged',
}

/** Decisions on an answer, which counts only once it was sent, and links to reports of other citizens. */
const unsaid: readonly string[] = ['answered', 'answer_approved', 'followed_up', 'linked']

/** The course of a report as its citizen may know it: without persons, and without what never reached the citizen. */
export function printedCourse(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const sent = timeline.filter(({ event }) => event === 'answer_sent').map(({ answerId }) => answerId)
  return timeline
    .filter(({ isPublic, isUndone, event }) => isPublic && !isUndone && !unsaid.includes(event))
    .filter(({ event, answerId }) => event !== 'rejected' || answerId === null || sent.includes(answerId))
    .map((entry) => {
      if (entry.event === 'accepted') return { ...entry, values: { ...entry.values, person: '' } }
      // Of the answer of another citizen's report it says only that it was sent.
      return entry.event === 'answer_passed_on' ? { ...entry, event: 'answer_sent', values: {} } : entry
    })
}
