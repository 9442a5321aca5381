import { describe, expect, test } from 'vitest'
import { fixed } from '#db/factories/outcomes.ts'
import {
  draftOfOutcome,
  emptyOutcome,
  type OutcomeDraft,
  outcomeWithText,
  refusalReasonToPlan,
  statedIn,
  withUsual,
} from './outcome.ts'
import { answerInput } from './schemas.ts'

const words = { reportId: 1, version: 1, what: 'Đã rào', where: 'Số 20', when: 'Sáng nay' }

test.for([
  [{ ...fixed }, true],
  [{ outcome: 'fixed' }, true],
  [{ outcome: 'planned', plannedFor: '2026-12-01' }, true],
  [{ outcome: 'planned', plannedFor: '' }, false],
  [{ outcome: 'planned' }, false],
  [{ outcome: 'fixed', plannedFor: '2026-12-01' }, false],
  [{ outcome: 'planned', plannedFor: '2026-02-30' }, false],
  [{ outcome: 'not_ours', referredTo: 'Điện lực' }, true],
  [{ outcome: 'not_ours', referredTo: ' ' }, false],
  [{ outcome: 'temporary', referredTo: 'Điện lực' }, false],
  [{ outcome: 'not_stated' }, false],
] as const)('an answer with %o is accepted: %s', ([answer, isAccepted]) => {
  expect(answerInput.safeParse({ ...words, ...answer }).success).toBe(isAccepted)
})

describe('a form', () => {
  test('takes the outcome of a template only as long as none was chosen, and of a plan no day', () => {
    const planned: OutcomeDraft = { ...emptyOutcome, ...withUsual(emptyOutcome, 'planned') }
    expect([planned, statedIn(planned)]).toEqual([{ outcome: 'planned', plannedFor: '', referredTo: '' }, null])
    const chosen: OutcomeDraft = { outcome: 'not_ours', plannedFor: '', referredTo: 'Điện lực' }
    expect([withUsual(chosen, 'fixed'), withUsual(emptyOutcome, null)]).toEqual([{}, {}])
  })

  test('whose text is replaced by that of a template takes its outcome, or none', () => {
    const chosen: OutcomeDraft = { outcome: 'not_ours', plannedFor: '', referredTo: 'Điện lực' }
    expect([outcomeWithText('fixed'), outcomeWithText(null)].map((one) => ({ ...chosen, ...one }))).toEqual([
      { ...emptyOutcome, outcome: 'fixed' },
      emptyOutcome,
    ])
  })

  test.for<[OutcomeDraft, boolean]>([
    [{ outcome: '', plannedFor: '', referredTo: '' }, false],
    [{ outcome: 'planned', plannedFor: '', referredTo: '' }, false],
    [{ outcome: 'planned', plannedFor: '2026-12-01', referredTo: '' }, true],
    [{ outcome: 'not_ours', plannedFor: '', referredTo: ' ' }, false],
    [{ outcome: 'not_ours', plannedFor: '', referredTo: 'Điện lực' }, true],
    [{ outcome: 'nothing_found', plannedFor: '', referredTo: '' }, true],
  ])('with %o states an outcome: %s', ([draft, isStated]) => {
    const stated = statedIn(draft)
    expect(stated !== null).toBe(isStated)
    if (stated) {
      expect(answerInput.safeParse({ ...words, ...stated }).success).toBe(true)
      expect(draftOfOutcome(stated)).toEqual(draft)
    }
  })

  test('has nothing to begin with where none was stated', () => {
    for (const outcome of ['not_stated', null] as const)
      expect(draftOfOutcome({ outcome, plannedFor: null, referredTo: '' }).outcome).toBe('')
  })
})

test('something is planned for today or later, within five years', () => {
  expect(
    ['2026-03-01', '2026-03-02', '2031-03-06', '2031-03-07'].map((day) => refusalReasonToPlan(day, '2026-03-02')),
  ).toEqual(['planned_passed', null, null, 'planned_too_far'])
})

test('an answer that is sent later plans for the day on which it is sent, or later', () => {
  const plan = (day: string) => refusalReasonToPlan(day, '2026-03-02', '2026-03-05')
  expect(['2026-03-01', '2026-03-04', '2026-03-05'].map(plan)).toEqual(['planned_passed', 'planned_before_sent', null])
})
