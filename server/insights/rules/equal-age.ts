import { dueAt, minutesPerDay, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { type Holder, holderAt } from './holders.ts'
import { isClosed, type Phase } from './phases.ts'
import type { PromiseFact } from './replay.ts'

/** The age, in working days of the city since the receipt, at which it is looked whether a report had come so far. */
export const equalAges = { answer_age: 3, close_age: 5 } as const
export type EqualAge = keyof typeof equalAges

type Ground = { receivedAt: Date; firstAnswerAt: Date | null; phases: readonly Phase[]; holders: readonly Holder[] }

/**
 * When a report reaches each of these ages, and since when it had been answered or closed then; null: it was not. All
 * reports are looked at when they are equally old, so what happens afterwards, and how old the others are, changes
 * nothing. A refused report stays among them: a refusal is a close. Counted at the agency responsible at that moment.
 */
export function equalAgesOf({ receivedAt, firstAnswerAt, phases, holders }: Ground, city: WorkingTime): PromiseFact[] {
  const doneBy: Record<EqualAge, (moment: Date) => Date | null> = {
    answer_age: (moment) => (firstAnswerAt && firstAnswerAt <= moment ? firstAnswerAt : null),
    close_age: (moment) => {
      const phase = phases.findLast(({ at }) => at <= moment)
      return phase && isClosed(phase) ? phase.at : null
    },
  }
  return (Object.keys(equalAges) as EqualAge[]).map((kind) => {
    const moment = dueAt(receivedAt, equalAges[kind] * minutesPerDay(city, receivedAt), city)
    return {
      kind,
      agencyId: holderAt(holders, moment),
      beganAt: receivedAt,
      firstDueAt: null,
      dueAt: moment,
      doneAt: doneBy[kind](moment),
      movedAt: null,
      level: 0,
    }
  })
}
