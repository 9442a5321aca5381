import { expect } from 'vitest'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { listBulletinsInput } from '../rules/schemas.ts'
import { bulletinCounts, listBulletins } from './list.ts'

test('a thousand bulletins of one storm are listed, counted and searched in moments', { timeout: 120_000 }, async ({
  db,
}) => {
  const { id: incidentId } = await buildIncident(db)
  const { editor, chief } = await buildNewsroom(db)
  await db.transaction(async (tx) => {
    for (let at = 1; at <= 1000; at += 1) {
      const content = contentOf(`Ngập phố số ${at}`)
      const state = at % 4 ? 'published' : 'in_review'
      await buildBulletin(tx, { incidentId, authorId: editor.id, approvedById: chief.id, state, content })
    }
  })
  const ctx = actingAt(db, editor, '09:00')
  const input = listBulletinsInput.parse({ incidentId, limit: 50 })
  const begun = performance.now()
  const [page, counts, found] = await Promise.all([
    listBulletins(ctx, input),
    bulletinCounts(ctx, input),
    listBulletins(ctx, { ...input, text: 'pho so 777' }),
  ])
  expect(performance.now() - begun).toBeLessThan(1_000)
  expect([page.bulletins.length, counts.published, counts.in_review]).toEqual([50, 750, 250])
  expect(found.bulletins.map(({ title }) => title)).toEqual(['Ngập phố số 777'])
})
