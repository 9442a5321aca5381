import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { citizenLinks } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { citizenOf } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { forgetExpiredLinks } from './commands/forget-links.ts'
import { giveCitizenLink, revokeLinksOfCitizen } from './commands/give-link.ts'
import { hashOfToken, issueCitizenLink, revokeCitizenLinks } from './links.ts'
import { isToken } from './rules/link.ts'

const now = hanoi('2026-03-02 08:00')

test('each link has a separate token, of which the database has only the hash', async ({ db }) => {
  const report = await buildReport(db)
  const first = await issueCitizenLink(db, report.id, { now })
  const second = await issueCitizenLink(db, report.id, { now })
  const tokens = [first, second].map((path) => new URL(path, 'http://desk').searchParams.get('t') as string)
  expect(first).toBe(`/phan-anh/${report.code}?t=${tokens[0]}`)
  expect(tokens.every(isToken)).toBe(true)
  expect(new Set(tokens).size).toBe(2)
  const rows = await db.select().from(citizenLinks).where(eq(citizenLinks.reportId, report.id))
  expect(rows.map(({ hash }) => hash).sort()).toEqual(tokens.map(hashOfToken).sort())
  expect(JSON.stringify(rows)).not.toContain(tokens[0])
  expect(rows[0]?.expiresAt).toEqual(hanoi('2026-08-29 08:00'))
})

test('revoking ends all existing links, but not later ones', async ({ db }) => {
  const report = await buildReport(db)
  await issueCitizenLink(db, report.id, { now })
  await issueCitizenLink(db, report.id, { now })
  expect(await revokeCitizenLinks(db, report.id, now)).toBe(2)
  expect(await revokeCitizenLinks(db, report.id, now)).toBe(0)
  await issueCitizenLink(db, report.id, { now })
  const rows = await db.select().from(citizenLinks).where(eq(citizenLinks.reportId, report.id))
  expect(rows.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1)
})

test('only expired links are deleted', async ({ db }) => {
  const report = await buildReport(db)
  await issueCitizenLink(db, report.id, { now: hanoi('2025-08-01 08:00') })
  await issueCitizenLink(db, report.id, { now })
  await revokeCitizenLinks(db, report.id, now)
  expect(await forgetExpiredLinks({ db, now: () => now })).toBe(1)
  expect(await db.$count(citizenLinks, eq(citizenLinks.reportId, report.id))).toBe(1)
})

test('a link to a missing report is refused', async ({ db }) => {
  await expect(issueCitizenLink(db, 4_000_000, { now })).rejects.toThrow('not_found')
})

test('intake creates and revokes links, each with an event; other roles may not', async ({ db }) => {
  const { agency, dispatcher, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const intake = actingAt(db, dispatcher, '14:00')
  const { path } = await giveCitizenLink(intake, report.id)
  expect(path).toMatch(new RegExp(`^/phan-anh/${report.code}\\?t=[\\w-]{24}$`))
  const [row] = await db.select().from(citizenLinks).where(eq(citizenLinks.reportId, report.id))
  expect(row).toMatchObject({ createdById: dispatcher.id, revokedAt: null })
  const given = await storyOf(db, report.id)
  expect(given.lastEvent).toMatchObject({ event: 'report.citizen_link_given', actorId: dispatcher.id, details: {} })
  expect(given.report.version).toBe(report.version)
  expect(await revokeLinksOfCitizen(intake, report.id)).toEqual({ revoked: 1 })
  const { lastEvent } = await storyOf(db, report.id)
  expect(lastEvent).toMatchObject({ event: 'report.citizen_links_revoked', details: { revoked: 1 } })

  const others = [
    [officer, 'forbidden'],
    [citizenOf(report.id), 'forbidden'],
    [await buildActor(db, 'dispatcher', await buildAgency(db)), 'not_found'],
  ] as const
  for (const [actor, refusal] of others) {
    await expect(giveCitizenLink(actingAt(db, actor, '14:00'), report.id)).rejects.toThrow(refusal)
    await expect(revokeLinksOfCitizen(actingAt(db, actor, '14:00'), report.id)).rejects.toThrow(refusal)
  }
})
