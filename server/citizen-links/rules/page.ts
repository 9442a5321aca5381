import { citizenOf } from '#server/accounts/rules/actor.ts'
import type { Settings } from '#server/platform/rules/settings.ts'
import { type CitizenSource, type CitizenView, citizenView } from '#server/reports/rules/citizen-view.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import { refusalReasonTo, type Subject } from '#server/reports/rules/policy.ts'
import { printedCourse } from '#server/reports/rules/printed-course.ts'
import { type LoggedEvent, type TimelineEntry, timelineOf } from '#server/reports/rules/timeline.ts'

/** What the page of a report is made of, as it is read. */
export type PageFacts = {
  source: CitizenSource
  category: { name: string; nameEn: string; parentName: string | null; parentNameEn: string | null }
  /** A decision on it, or on the report that it follows, can still be taken back. */
  isHeld: boolean
  /** Due instant of the running clock, as far as it is told. */
  dueAt: Date | null
  question: string | null
  /** As it is stored, for what the citizen may do now. */
  subject: Subject
  settings: Settings
  events: LoggedEvent[]
  agencies: Record<string, string>
  /** Questions to the citizen and notices to many, by id. */
  notices: Record<string, string>
}

/** What has happened, as the citizen was told it: without persons, reasons among agencies and codes of others. */
export type PageStep = {
  at: Date
  event: TimelineEntry['event']
  agency: string
  rating: string
  words: string | null
}

/** What the sender of a report sees of it on its page, and may do there at this moment. */
export type CitizenPage = Pick<
  CitizenView,
  'code' | 'state' | 'title' | 'receivedAt' | 'agencyName' | 'answers' | 'refusal' | 'rating'
> & {
  category: PageFacts['category']
  isMerged: boolean
  dueAt: Date | null
  isOverdue: boolean
  question: string | null
  course: PageStep[]
  /** Until when each is possible; null where it is not. */
  rateUntil: Date | null
  reopenUntil: Date | null
  mayAdd: boolean
}

const day = 86_400_000

export function citizenPage(facts: PageFacts, reportId: number, now: Date): CitizenPage {
  const { subject, settings, isHeld } = facts
  const view = citizenView(facts.source)
  const may = (move: ReportMove) =>
    !isHeld && refusalReasonTo(citizenOf(reportId), move, subject, now, settings) === null
  const until = (since: Date | null, days: number) => since && new Date(since.getTime() + days * day)
  const { code, state, title, receivedAt, agencyName, answers, refusal, rating } = view
  return {
    ...{ code, state, title, receivedAt, agencyName, answers, refusal, rating },
    category: facts.category,
    isMerged: view.mergedInto !== null,
    dueAt: facts.dueAt,
    isOverdue: facts.dueAt !== null && facts.dueAt < now,
    question: facts.question,
    course: courseOf(facts),
    rateUntil: may('rate') ? until(subject.answeredAt, settings.ratingWindowDays) : null,
    reopenUntil: may('reopen') ? until(subject.closedAt ?? subject.answeredAt, settings.reopenWindowDays) : null,
    mayAdd: !isHeld && may('citizen_replied'),
  }
}

/** Only the public steps, and of their texts only what the city wrote to the citizen. */
function courseOf({ events, agencies, notices }: PageFacts): PageStep[] {
  const book = { people: {}, agencies, areas: {}, incidents: {}, reports: {}, notes: {}, messages: notices }
  return printedCourse(timelineOf(events, book, 'all')).map(({ at, event, values, words }) => ({
    at,
    event,
    agency: values.agency ?? '',
    rating: values.rating ?? '',
    words: words?.voice === 'public' ? words.text : null,
  }))
}
