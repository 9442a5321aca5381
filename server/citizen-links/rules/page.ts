import { citizenOf } from '#server/accounts/rules/actor.ts'
import type { Settings } from '#server/platform/rules/settings.ts'
import { findPersonalData, maskText } from '#server/publication/rules/personal-data.ts'
import { type CitizenSource, type CitizenView, citizenView } from '#server/reports/rules/citizen-view.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import { refusalReasonTo, type Subject } from '#server/reports/rules/policy.ts'
import { printedCourse } from '#server/reports/rules/printed-course.ts'
import { type LoggedEvent, type TimelineEntry, timelineOf } from '#server/reports/rules/timeline.ts'

/** The data from which the page of a report is composed. */
export type PageFacts = {
  source: CitizenSource
  /** The title of the published copy, as staff reviewed it. */
  reviewedTitle: string | null
  category: { name: string; nameEn: string; parentName: string | null; parentNameEn: string | null }
  /** A decision on the report, or on the report that it was merged into, can still be undone. */
  isHeld: boolean
  /** The deadline of the running clock, if it is public. */
  dueAt: Date | null
  question: string | null
  /** The stored report, which decides what the citizen may do now. */
  subject: Subject
  settings: Settings
  events: LoggedEvent[]
  agencies: Record<string, string>
  /** Texts of questions and notices, by id. */
  notices: Record<string, string>
}

/** A step that is public, without persons, internal reasons and codes of other reports. */
export type PageStep = {
  at: Date
  event: TimelineEntry['event']
  agency: string
  rating: string
  words: string | null
}

/** What the reporter sees on the page of a report, and may do there now. */
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
  /** The end of the period in which each is possible; null if it is not. */
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
  const { code, state, receivedAt, agencyName, answers, refusal, rating } = view
  // The link may have been passed on, so reporters do not see their own words either.
  const title = facts.reviewedTitle ?? maskText(view.title, findPersonalData(view.title))
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

/** Only public steps; the only texts are those that the city wrote to the citizen. */
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
