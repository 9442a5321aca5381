import { expect } from 'vitest'
import { voicesFor } from '#db/demo/answers.ts'
import { shelfOf } from '#db/demo/shelf.ts'
import { buildWorld } from '#db/demo/world.ts'
import { writeHanoi } from '#db/hanoi.ts'
import { test } from '#db/testing.ts'
import { alertFindings } from '#server/bulletins/rules/alert-findings.ts'
import { endOf } from '#server/bulletins/rules/validity.ts'
import { alertsOf } from './alerts.ts'
import { stormLives } from './storm.ts'

const today = new Date('2026-11-25T09:40:00+07:00')
const ring: [number, number][] = [
  [105.8, 21],
  [105.9, 21],
  [105.9, 21.1],
  [105.8, 21],
]

test('the alerts of the storm match their pages, and each one references all the alerts that it replaced', async ({
  db,
}) => {
  await writeHanoi(db)
  const options = { seed: 'hanoi/1', today, first: today, openings: [today], voices: voicesFor(), photos: shelfOf([]) }
  const world = await buildWorld(options)
  const storm = stormLives(world)
  const sent = await db.transaction((tx) => alertsOf(tx, storm))
  const warnings = storm.filter(({ content }) => content.alert)
  expect(sent.length).toBeGreaterThan(10)
  expect(warnings.map(({ row }) => row.id)).toEqual(sent.map(({ bulletinId }) => bulletinId))
  for (const [at, { id, messageType, sentAt, expiresAt, follows, message }] of sent.entries()) {
    const { row, content } = warnings[at] as (typeof warnings)[number]
    expect([row.isAlert, row.firstPublishedAt, row.publicFrom, row.publicUntil]).toEqual([
      true,
      sentAt,
      null,
      expiresAt,
    ])
    expect(endOf(content)).toEqual(expiresAt)
    const [info] = message.info
    expect([info?.headline, info?.instruction]).toEqual([content.vi.title.slice(0, 160), content.alert?.instruction])
    expect(Date.parse(info?.expires ?? '')).toBe(expiresAt.getTime())
    const earlier = sent.slice(0, at)
    expect([id, messageType, follows]).toEqual([id, at === 0 ? 'Alert' : 'Update', earlier.map((each) => each.id)])
    const named = earlier.map((each) => expect.stringContaining(`,${each.id},`))
    expect(message.references?.split(' ') ?? []).toEqual(named)
    const circumstances = { sendAt: sentAt, rings: [ring], follows: null, status: 'Actual', isLive: true } as const
    expect(alertFindings(content, circumstances)).toEqual([])
  }
})
