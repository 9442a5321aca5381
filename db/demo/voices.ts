import type { RejectReason } from '#server/reports/rules/lifecycle.ts'
import type { StatedOutcome } from '#server/reports/rules/outcome.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'
import type { Scene } from './scenes.ts'
import type { Moment } from './texts.ts'

/** The input of a text: the scene and place of the report, the hour, and the agency that writes. */
export type Telling = { random: Random; scene: Scene; place: Place; moment: Moment; agency: string; at: Date }

export type AnswerText = { what: string; where: string; when: string; next: string }

/** The texts of a report's history other than the report itself. */
export type Voices = {
  answer(telling: Telling): AnswerText
  /** What an answer says that is not simply fixed, and how a plan went on. */
  outcome(telling: Telling, outcome: StatedOutcome | 'kept' | 'moved'): string
  rejection(telling: Telling, reason: RejectReason): string
  question(telling: Telling): string
  reply(telling: Telling): string
  note(telling: Telling): string
  remarks(telling: Telling): string
  returnReason(telling: Telling): string
  transferReason(telling: Telling): string
  /** An agency has ended and its successor takes over. */
  handOverReason(telling: Telling): string
  extensionReason(telling: Telling): string
  pauseReason(telling: Telling): string
  ratingWords(telling: Telling, rating: 'satisfied' | 'acceptable' | 'dissatisfied'): string
  wishToReopen(telling: Telling): string
}
