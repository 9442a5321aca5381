import { expect } from 'vitest'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { openStates, reportStates } from '../rules/lifecycle.ts'
import { briefByCode } from './brief.ts'
import { colleaguesFor } from './colleagues.ts'

const now = () => new Date('2026-03-02T03:00:00Z')

test('a report may be given to those who handle reports at its agency, each with their open workload', async ({
  db,
}) => {
  const agency = await buildAgency(db)
  const hung = await buildAccount(db, { agency, roles: ['officer'], name: 'Trần Văn Hùng' })
  const an = await buildAccount(db, { agency, roles: ['approver', 'officer'], name: 'Phạm Thị An' })
  await buildAccount(db, { agency, roles: ['manager'], name: 'Lê Mai' })
  await buildAccount(db, { agency, roles: ['officer'], name: 'Đỗ Bình', isActive: false })
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, assigneeId: hung.id })
  const found = await colleaguesFor({ db, actor: hung.actor, now }, report.id)
  expect(found).toMatchObject([
    { id: an.id, openReports: 0 },
    { id: hung.id, openReports: 1 },
  ])
  const stranger = await buildActor(db, 'officer', await buildAgency(db))
  expect(await colleaguesFor({ db, actor: stranger, now }, report.id)).toEqual([])
})

test('the workload counts what is open and past the intake, and nothing that has ended', async ({ db }) => {
  const agency = await buildAgency(db)
  const hung = await buildAccount(db, { agency, roles: ['officer'] })
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  for (const state of reportStates) await buildReport(db, { state, agencyId: agency.id, assigneeId: hung.id })
  const [found] = await colleaguesFor({ db, actor: hung.actor, now }, report.id)
  expect(found?.openReports).toBe(openStates.length - 1)
})

test('a report is found by its code, however it is typed, and only by those who may see it', async ({ db }) => {
  const report = await buildReport(db, { state: 'in_progress' })
  const dispatcher = await buildActor(db, 'dispatcher')
  const stranger = await buildActor(db, 'officer', await buildAgency(db))
  const typed = ` ${report.code.toLowerCase()} `
  expect(await briefByCode({ db, actor: dispatcher, now }, typed)).toMatchObject({ id: report.id })
  expect(await briefByCode({ db, actor: stranger, now }, typed)).toBeNull()
})
