import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { citizenLinks } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { hashOfToken, issueCitizenLink, revokeCitizenLinks } from './links.ts'
import { isToken } from './rules/link.ts'

const now = hanoi('2026-03-02 08:00')

test('a link carries a token of its own, of which the database has only the hash', async ({ db }) => {
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

test('revoking ends all links so far, and none that is made later', async ({ db }) => {
  const report = await buildReport(db)
  await issueCitizenLink(db, report.id, { now })
  await issueCitizenLink(db, report.id, { now })
  expect(await revokeCitizenLinks(db, report.id, now)).toBe(2)
  expect(await revokeCitizenLinks(db, report.id, now)).toBe(0)
  await issueCitizenLink(db, report.id, { now })
  const rows = await db.select().from(citizenLinks).where(eq(citizenLinks.reportId, report.id))
  expect(rows.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1)
})

test('no link leads to a report that does not exist', async ({ db }) => {
  await expect(issueCitizenLink(db, 4_000_000, { now })).rejects.toThrow('not_found')
})
