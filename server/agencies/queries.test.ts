import { expect } from 'vitest'
import { buildAgency } from '#db/factories/agencies.ts'
import { test } from '#db/testing.ts'
import { agencyById, agencyInOffice, listAgencies, validAgencies } from './queries.ts'

const noon = (day: string) => new Date(`${day}T12:00:00+07:00`)

test('agencies are in Vietnamese order, regardless of case and accents', async ({ db }) => {
  for (const name of ['Sở Y tế', 'Công an', 'Đơn vị chiếu sáng', 'Sở Du lịch', 'Ban Duy tu', 'Điện lực', 'Dịch vụ']) {
    await buildAgency(db, { name })
  }
  const names = (await listAgencies(db)).map(({ name }) => name).filter((name) => !name.startsWith('Ủy ban'))
  expect(names).toEqual(['Ban Duy tu', 'Công an', 'Dịch vụ', 'Điện lực', 'Đơn vị chiếu sáng', 'Sở Du lịch', 'Sở Y tế'])
})

test('an agency is valid from its first day to its last, both included', async ({ db }) => {
  const successor = await buildAgency(db, { name: 'Sở Xây dựng', validFrom: '2025-03-01' })
  const ended = await buildAgency(db, { name: 'Sở GTVT', validTo: '2025-02-28', successorId: successor.id })
  const isValid = async (id: string, day: string) =>
    (await validAgencies(db, noon(day))).some((agency) => agency.id === id)
  expect(await isValid(ended.id, '2025-02-28')).toBe(true)
  expect(await isValid(ended.id, '2025-03-01')).toBe(false)
  expect(await isValid(successor.id, '2025-02-28')).toBe(false)
  expect(await isValid(successor.id, '2025-03-01')).toBe(true)
  const refusal = await agencyInOffice(db, ended.id, noon('2026-03-02')).catch((error) => error)
  expect(refusal).toMatchObject({ code: 'agency_ended', details: { agency: 'Sở GTVT', successor: 'Sở Xây dựng' } })
  await expect(agencyInOffice(db, successor.id, noon('2025-02-28'))).rejects.toThrow('agency_not_begun')
  await expect(agencyById(db, 'nowhere')).rejects.toThrow('not_found')
})
