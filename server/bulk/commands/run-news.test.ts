import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { liveChannel } from '#server/platform/rules/announcement.ts'
import { startRun } from './start-run.ts'

test('only the user who started a run is notified of its progress and its end', async ({ db, sql }) => {
  const dispatcher = await buildActor(db, 'dispatcher')
  const reportIds: number[] = []
  for (let i = 0; i < 45; i++) reportIds.push((await buildReport(db, { severity: 'normal' })).id)
  const heard: unknown[] = []
  const { unlisten } = await sql.listen(liveChannel, (text) => {
    const said = JSON.parse(text)
    if (said.kind === 'job') heard.push(said)
  })
  const id = randomUUID()
  await startRun({ db, actor: dispatcher, now: () => hanoi('2026-03-02 14:00') }, randomUUID(), {
    id,
    reportIds,
    action: { name: 'change_severity', severity: 'urgent', reason: 'Bão' },
    expected: 45,
  })
  const word = { kind: 'job', ids: [id], accountId: dispatcher.id }
  await expect.poll(() => heard).toEqual([word, word, word])
  await unlisten()
})
