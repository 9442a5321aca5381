import { expect, test } from 'vitest'
import type { AlertPanel } from './alert.ts'
import { type AlertConsequence, alertConsequence, type StandingAlert } from './alert-consequence.ts'

const at = new Date('2026-03-02T03:00:00Z')
const until = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
const alert = (hours: number | null) => ({ expires: hours === null ? null : until(hours).toISOString() }) as AlertPanel
const standing = (hours: number, isSaid = false): StandingAlert => ({ until: until(hours), isSaid })

test.each<[string, AlertPanel | null, 'over' | 'error' | null, StandingAlert, AlertConsequence]>([
  ['no alert, none in force', null, null, null, { kind: 'none' }],
  ['no alert, the last one has lapsed', null, null, standing(-1), { kind: 'none' }],
  ['an ending that ends nothing', null, 'over', null, { kind: 'none' }],
  ['an alert, none in force', alert(5), null, null, { kind: 'issue' }],
  ['an alert, the last one has lapsed', alert(5), null, standing(-1), { kind: 'issue' }],
  ['an alert in place of another', alert(5), null, standing(3), { kind: 'update' }],
  ['the same alert once more', alert(5), null, standing(3, true), { kind: 'keep' }],
  ['an alert that goes on is never ended', alert(5), 'over', standing(3), { kind: 'update' }],
  ['the danger is over', null, 'over', standing(3), { kind: 'cancel', ending: 'over' }],
  ['it was a mistake', null, 'error', standing(3), { kind: 'cancel', ending: 'error' }],
  ['nobody said why it ends', null, null, standing(3), { kind: 'undecided' }],
  ['an alert that has lapsed itself, nobody said why', alert(-1), null, standing(3), { kind: 'undecided' }],
  ['an alert without an end', alert(null), 'error', standing(3), { kind: 'cancel', ending: 'error' }],
  ['at the very moment at which it lapses', null, null, standing(0), { kind: 'none' }],
])('%s', (_, panel, alertEnding, found, expected) => {
  expect(alertConsequence({ alert: panel, alertEnding }, found, at)).toEqual(expected)
})
