import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { answerTemplates, categories } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { templatesForAll } from './templates.ts'

test('the templates offered for many reports are those that fit each of them', async ({ db }) => {
  const ward = await buildAgency(db)
  const officer = await buildActor(db, 'officer', ward)
  await db.insert(categories).values({ code: 'VS', name: 'Vệ sinh', nameEn: 'Cleaning' })
  const [tree, branch, litter] = [
    await buildCategory(db),
    await buildCategory(db),
    await buildCategory(db, { parentCode: 'VS' }),
  ]
  await db.insert(answerTemplates).values(
    [null, 'CX', tree.code, branch.code, litter.code].map((categoryCode) => ({
      categoryCode,
      use: 'answer' as const,
      name: categoryCode ?? 'chung',
      body: 'Đã xử lý.',
    })),
  )
  const at = { agencyId: ward.id, heldBy: [ward.id], state: 'in_progress' as const }
  const reportOf = async (categoryCode: string, held = at) => (await buildReport(db, { ...held, categoryCode })).id
  const offered = async (...ids: number[]) => {
    const templates = await templatesForAll({ db, actor: officer, now: () => new Date() }, ids)
    return templates.map(({ name }) => name)
  }
  const [fallen, leaning, broken] = [await reportOf(tree.code), await reportOf(tree.code), await reportOf(branch.code)]
  expect(await offered(fallen, leaning)).toEqual([tree.code, 'CX', 'chung'])
  expect(await offered(fallen, broken)).toEqual(['CX', 'chung'])
  expect(await offered(fallen, await reportOf(litter.code))).toEqual(['chung'])
  // A report that the account may not see has no influence.
  const other = await buildAgency(db)
  const strange = await reportOf(litter.code, { ...at, agencyId: other.id, heldBy: [other.id] })
  expect(await offered(fallen, strange)).toEqual([tree.code, 'CX', 'chung'])
})
