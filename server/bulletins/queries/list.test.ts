import { expect } from 'vitest'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import type { DeskFilters } from '../rules/desk-filters.ts'
import { type BulletinContent, listBulletinsInput } from '../rules/schemas.ts'
import { bulletinCounts, listBulletins } from './list.ts'

test('the bulletins of one storm are listed by the page, counted by state and searched', async ({ db }) => {
  const { id: incidentId } = await buildIncident(db)
  const { editor, chief } = await buildNewsroom(db)
  await db.transaction(async (tx) => {
    for (let at = 1; at <= 60; at += 1) {
      const content = contentOf(`Ngập phố số ${at}`)
      const state = at % 4 ? 'published' : 'in_review'
      await buildBulletin(tx, { incidentId, authorId: editor.id, approvedById: chief.id, state, content })
    }
  })
  const ctx = actingAt(db, editor, '09:00')
  const input = listBulletinsInput.parse({ incidentId, limit: 50 })
  const [page, counts, found] = await Promise.all([
    listBulletins(ctx, input),
    bulletinCounts(ctx, input),
    listBulletins(ctx, { ...input, text: 'pho so 37' }),
  ])
  expect([page.bulletins.length, counts.published, counts.in_review]).toEqual([50, 45, 15])
  expect(found.bulletins.map(({ title }) => title)).toEqual(['Ngập phố số 37'])
})

test('each filter keeps what it names: a kind, an area, days with both ends, words in any spelling', async ({ db }) => {
  const { id: incidentId } = await buildIncident(db)
  const { editor } = await buildNewsroom(db)
  const build = (title: string, at: string, content: Partial<BulletinContent>) =>
    buildBulletin(db, { incidentId, at: hanoi(at), content: contentOf(title, content) })
  await build('Mất điện quận Đống Đa', '2026-03-01 23:59', { kind: 'power', areaIds: [7] })
  await build('Cấm cầu Long Biên', '2026-03-02 00:00', { areaIds: [7, 8] })
  await build('Cấm đường Láng', '2026-03-03 23:59', {})
  const titles = async (filters: Partial<DeskFilters>) => {
    const input = listBulletinsInput.parse({ incidentId, ...filters })
    return (await listBulletins(actingAt(db, editor, '09:00'), input)).bulletins.map(({ title }) => title)
  }
  const [lang, longBien, power] = await titles({})
  expect([lang, longBien, power]).toEqual(['Cấm đường Láng', 'Cấm cầu Long Biên', 'Mất điện quận Đống Đa'])
  expect(await titles({ kind: 'power' })).toEqual([power])
  expect(await titles({ areaId: 7 })).toEqual([longBien, power])
  expect(await titles({ day: { from: '2026-03-02', to: '2026-03-03' } })).toEqual([lang, longBien])
  expect(await titles({ day: { from: null, to: '2026-03-01' } })).toEqual([power])
  expect(await titles({ text: 'cam  LANG\u0000' })).toEqual([lang])
})
