import { expect, test } from 'vitest'
import { alertPanelOf, contentOf } from '#db/factories/bulletins.ts'
import { cleaningFindings } from './cleaning.ts'
import type { BulletinContent } from './schemas.ts'

const at = new Date('2026-03-02T03:00:00Z')
const until = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
const alert = alertPanelOf({ expires: until(5).toISOString(), onset: until(-1).toISOString() })
const out = contentOf('Sơ tán nhà ông Kín', { areaIds: [1, 2], alert })

test.each<[string, Partial<BulletinContent>, number | null, boolean]>([
  [
    'the same alert in other words',
    { contact: '', alert: { ...alert, instruction: 'Gọi 1022.', event: 'Sạt lở' } },
    5,
    true,
  ],
  ['a beginning that has passed', { alert: { ...alert, onset: null } }, 5, true],
  ['no alert any more', { alert: null, alertEnding: 'over' }, 5, false],
  ['a shorter alert', { alert: { ...alert, expires: until(2).toISOString() } }, 5, false],
  ['a milder alert', { alert: { ...alert, severity: 'Minor' } }, 5, false],
  ['other places', { areaIds: [1] }, 5, false],
  ['an alert where none is in force', {}, null, false],
  ['an alert where the last one has lapsed', {}, -1, false],
  ['no alert where none is in force', { alert: null, areaIds: [1] }, null, true],
])('a cleaned text with %s', (_, change, hours, isKept) => {
  const standing = hours === null ? null : { until: until(hours), isSaid: false }
  const codes = cleaningFindings({ ...out, ...change }, out, standing, at).map(({ code }) => code)
  expect(codes).toEqual(isKept ? [] : ['cleaning_changes_alert'])
})
