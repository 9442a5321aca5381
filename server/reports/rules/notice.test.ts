import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reportStates } from './lifecycle.ts'
import { type Noticeable, reachOf } from './notice.ts'

const report = (id: number, contacts: string[], more: Partial<Noticeable> = {}): Noticeable => ({
  id,
  state: 'in_progress',
  rejectReason: null,
  contacts,
  ...more,
})
const all = { openOnly: false }

describe('a notice reaches', () => {
  test('each person once, by the first report, whoever holds it and whatever its state', () => {
    const reports = reportStates.map((state, id) => report(id, [`phone ${id % 3}`], { state }))
    const { recipients, leftOut } = reachOf(reports, all)
    expect(recipients.map(({ id }) => id)).toEqual([0, 1, 2])
    expect(recipients.flatMap(({ covers }) => covers)).toHaveLength(reports.length - 3)
    expect(leftOut).toEqual([])
  })

  test('one person by a phone number here and an e-mail address there, joined by a report that has both', () => {
    const reports = [report(1, ['phone 1']), report(2, ['email 1']), report(3, ['phone 1', 'email 1'])]
    expect(reachOf(reports, all).recipients).toEqual([{ id: 1, covers: [2, 3] }])
  })

  test('no one without contacts, behind spam or behind a test; reporters of answered reports only where wanted', () => {
    const reports = [
      report(1, []),
      report(2, ['phone 2'], { state: 'rejected', rejectReason: 'spam' }),
      report(3, ['phone 3'], { state: 'answered' }),
      report(4, ['phone 4'], { state: 'rejected', rejectReason: 'out_of_scope' }),
      report(5, ['phone 3']),
    ]
    expect(reachOf(reports, all)).toEqual({
      recipients: [
        { id: 3, covers: [5] },
        { id: 4, covers: [] },
      ],
      leftOut: [
        { id: 1, refusalReason: 'anonymous' },
        { id: 2, refusalReason: 'not_a_report' },
      ],
    })
    expect(reachOf(reports, { openOnly: true }).recipients).toEqual([{ id: 5, covers: [] }])
  })

  test('no one whom an earlier one has reached, whichever report they come with now', () => {
    const reached = [['phone 1', 'email 1'], ['phone 2'], []]
    const reports = [report(7, ['email 1']), report(8, ['phone 3']), report(9, [])]
    expect(reachOf(reports, { ...all, reached })).toEqual({
      recipients: [{ id: 8, covers: [] }],
      leftOut: [
        { id: 7, refusalReason: 'already_reached' },
        { id: 9, refusalReason: 'anonymous' },
      ],
    })
  })
})

const contact = fc.constantFrom('phone 1', 'phone 2', 'phone 3', 'email 1', 'email 2', 'email 3')
const anyReports = fc
  .array(
    fc.record({
      state: fc.constantFrom(...reportStates),
      rejectReason: fc.constantFrom(null, 'spam' as const, 'out_of_scope' as const),
      contacts: fc.uniqueArray(contact, { maxLength: 2 }),
    }),
    { maxLength: 12 },
  )
  .map((rows) => rows.map((row, id) => ({ ...row, id })))

test('every report is listed once, no contact is reached twice, and a second notice to the rest reaches no one', () => {
  fc.assert(
    fc.property(anyReports, fc.boolean(), (reports, openOnly) => {
      const { recipients, leftOut } = reachOf(reports, { openOnly })
      const told = [...recipients.flatMap(({ id, covers }) => [id, ...covers]), ...leftOut.map(({ id }) => id)]
      expect(told.sort((a, b) => a - b)).toEqual(reports.map(({ id }) => id))
      const contactsOf = (id: number) => reports[id]?.contacts ?? []
      const groups = recipients.map(({ id, covers }) => new Set([id, ...covers].flatMap(contactsOf)))
      const contacts = groups.flatMap((group) => [...group])
      expect(new Set(contacts).size).toBe(contacts.length)
      const reached = recipients.flatMap(({ id, covers }) => [id, ...covers].map(contactsOf))
      expect(reachOf(reports, { openOnly, reached }).recipients).toEqual([])
    }),
  )
})
