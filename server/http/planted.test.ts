import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { reportAnswers, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { publishCopy } from '#server/publication/commands/review-copy.ts'
import { copyOfReport } from '#server/publication/queries/copies.ts'
import { plant } from '#server/trpc/testing/planted.ts'
import {
  buildScene,
  entrances,
  plantsLeaving,
  type Scene,
  shownToSender,
  test,
  unknownToRules,
  viewers,
} from './testing/planted-entrances.ts'

/** The planted data that each entrance reveals to each viewer without permission. */
async function leaksOf(scene: Scene): Promise<string[]> {
  const leaks = new Set<string>()
  for (const { name, leaving, shows } of entrances) {
    for (const viewer of viewers) {
      const allowed = shows?.[viewer] ?? []
      for (const found of (await leaving(scene, viewer)).flatMap(plantsLeaving)) {
        if (!allowed.some((field) => found.endsWith(` of ${field}`))) leaks.add(`${viewer} sees ${found} by ${name}`)
      }
    }
  }
  return [...leaks].sort()
}

/** Publishes the proposed texts, without the personal data that only a human reader recognises. */
async function publish(db: Database, { reportId, reviewer, now, photo, proof }: Scene) {
  const ctx = { db, actor: reviewer.actor, now: () => now }
  const { version, basis, proposed, photos: offered } = await copyOfReport(ctx, reportId)
  const mended = Object.entries(proposed.texts).map(([part, text]) => [
    part,
    unknownToRules.reduce((rest, kind) => rest.replaceAll(plant(part as 'body', kind), ''), text),
  ])
  const texts = Object.fromEntries(mended) as typeof proposed.texts
  const stored = offered.filter(({ fileId }) => [photo.fileId, proof.fileId].includes(fileId))
  const photos = stored.map(({ fileId }) => ({ fileId, isShown: true, boxes: [] }))
  await publishCopy(ctx, { reportId, version, basis, ...texts, showsPoint: false, photos, cleared: [] })
}

test('no planted personal data leaves by any entrance, from handled, published and received reports', async ({
  db,
  origin,
}) => {
  const scene = await buildScene(db, origin)
  const of = eq(reports.id, scene.reportId)
  // Checks that the search finds planted data.
  expect(plantsLeaving(scene.photo.original)).toContain('mobile of photoName')
  expect(plantsLeaving(scene.photo.original)).toContain('name of photoName')

  expect(await leaksOf(scene)).toEqual([])

  await publish(db, scene)
  const shown = await scene.get(`/open311/v2/requests/${scene.code}.json`, 'everyone')
  expect(shown.bytes.toString()).toContain(scene.code)
  expect(shown.bytes.toString()).toContain('/anh-phan-anh/')
  expect(shown.bytes.toString()).not.toContain(String(scene.point.lat))
  const [page = Buffer.of()] = await shownToSender(scene)
  expect(plantsLeaving(page).filter((found) => found.endsWith(' of title'))).toEqual([])
  expect(await leaksOf(scene)).toEqual([])

  await db
    .update(reports)
    .set({ source: sourceOf(scene.senderId), state: 'answered', dueAt: null, soonAt: null })
    .where(of)
  const sent = { status: 'sent', sentAt: scene.now } as const
  await db.update(reportAnswers).set(sent).where(eq(reportAnswers.reportId, scene.reportId))
  const own = await scene.get(`/open311/v2/requests/${scene.code}.json`, 'sender')
  expect(plantsLeaving(own.bytes)).toContain('mobile of body')
  expect(await leaksOf(scene)).toEqual([])
  await publish(db, scene)
  const copy = await scene.get(`/api/v1/published-reports/${scene.code}`, 'everyone')
  expect(copy.bytes.toString()).toContain('"of":"answer"')
  expect(await leaksOf(scene)).toEqual([])
})
