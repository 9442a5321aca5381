import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { disclosedReporters, disclosures, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { phoneSearchInput } from '../rules/schemas.ts'
import { findByPhone } from './find-by-phone.ts'

const reason = 'Công dân đang gọi hỏi kết quả'
/** A number in the forms that `phoneOf` and the database must read alike. */
const formsOf = (phone: string): string[] => {
  const national = phone.replace(/^(0|\+49)/, '')
  const code = phone.startsWith('+') ? '49' : '84'
  return [
    phone,
    `+${code} ${national}`,
    `00${code} ${national}`,
    `+${code} (0)${national}`,
    `(+${code}) (0) ${national.slice(0, 4)}–${national.slice(4)}`,
    `${phone} máy lẻ 12`,
    `${phone} (ext. 345)`,
    ...(code === '84' ? [`84${national}`, `84(0)${national}, số lẻ 7`] : []),
  ]
}
const input = (phone: string) => phoneSearchInput.parse({ phone, reason })

describe('a search by phone number', () => {
  test.for(['', '1022', '1900 1234', '345 678', '09123456', 'cây đổ', '0912 345 678 cây'])(
    'needs the complete number of a person: “%s” is none',
    (phone) => {
      expect(phoneSearchInput.safeParse({ phone, reason }).success).toBe(false)
    },
  )

  test('needs a reason', () => {
    expect(phoneSearchInput.safeParse({ phone: '0912345678', reason: 'gọi' }).success).toBe(false)
  })

  test('is not for managers, who may not see reporters', async ({ db }) => {
    for (const role of ['manager', 'admin', 'editor'] as const)
      expect(mayUse(await buildActor(db, role), 'reporters.reveal')).toBe(false)
  })

  test('finds the reports of the caller however the number was written, and reveals nothing else of them', async ({
    db,
  }) => {
    const { agency, officer } = await buildTeam(db)
    const by = (phone: string) =>
      buildReport(db, { state: 'in_progress', agencyId: agency.id, reporter: { name: 'Trần Văn Bình', phone } })
    const codes = [(await by('0913345678')).code, (await by('+84 913.345.678')).code]
    await by('0913345679')
    for (const phone of ['0913345678', '0913 345 678', '+84913345678']) {
      const found = await findByPhone(actingAt(db, officer, '10:00'), null, input(phone))
      expect(found.reports.map(({ code }) => code).sort()).toEqual(codes.sort())
      expect(found.count).toBe(2)
      expect(JSON.stringify(found)).not.toMatch(/913|Bình/)
    }
  })

  test.for(['02471234567', '+493012345678', '0915345678'])(
    'finds %s as a citizen or an operator may have written it, and not by its extension',
    async (phone, { db }) => {
      const { agency, officer } = await buildTeam(db)
      for (const written of formsOf(phone)) {
        await buildReport(db, { state: 'in_progress', agencyId: agency.id, reporter: { phone: written } })
      }
      for (const written of formsOf(phone)) {
        const found = await findByPhone(actingAt(db, officer, '10:00'), null, input(written))
        expect([written, found.count]).toEqual([written, formsOf(phone).length])
      }
    },
  )

  test('finds only where the account may see the reporter: reports it held before stay hidden', async ({ db }) => {
    const [{ agency, officer, dispatcher }, other] = [await buildTeam(db), await buildTeam(db)]
    const reporter = { phone: '0914345678' }
    await buildReport(db, { state: 'in_progress', agencyId: other.agency.id, heldBy: [agency.id], reporter })
    const seen = async (actor: Actor) =>
      (await findByPhone(actingAt(db, actor, '10:00'), null, input('0914345678'))).count
    expect([await seen(officer), await seen(other.officer), await seen(dispatcher)]).toEqual([0, 1, 1])
  })

  test('is logged with the persons found, the number masked; also when none is found', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const reporter = { phone: '0915345621' }
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, reporter })
    await findByPhone(actingAt(db, officer, '10:00'), null, input('0915345621'))
    await findByPhone(actingAt(db, officer, '10:01'), null, input('0915345622'))
    const looks = await db.select().from(disclosures).where(eq(disclosures.accountId, officer.id))
    expect(looks.map(({ purpose, searchedPhone, persons }) => [purpose, searchedPhone, persons])).toEqual([
      ['phone_search', '••••••••21', 1],
      ['phone_search', '••••••••22', 0],
    ])
    const persons = await db.select().from(disclosedReporters).where(eq(disclosedReporters.reportId, report.id))
    expect(persons.map(({ disclosureId }) => disclosureId)).toEqual([looks[0]?.id])
    const told = await db.select().from(events).where(eq(events.actorId, officer.id)).orderBy(events.id)
    expect(told).toMatchObject([
      { event: 'disclosure.phone_searched', subjectId: String(looks[0]?.id), details: { reason, reports: 1 } },
      { event: 'disclosure.phone_searched', details: { reports: 0 } },
    ])
    expect(JSON.stringify([looks, told])).not.toMatch(/15345/)
  })
})
