import { z } from 'zod'
import { calendarDay } from '#server/platform/rules/moment.ts'

/** The levels of the administration. Districts ended with June 2025. */
export const agencyLevels = ['thanh_pho', 'so', 'don_vi', 'huyen', 'xa'] as const
export type AgencyLevel = (typeof agencyLevels)[number]

export const agencyKinds = [
  'ubnd_tp',
  'so',
  'ban_quan_ly',
  'ban_chi_huy',
  'trung_tam_hcc',
  'cong_an',
  'don_vi_dich_vu',
  'doanh_nghiep_ha_tang',
  'van_hanh',
  'ubnd_huyen',
  'ubnd_xa',
] as const
export type AgencyKind = (typeof agencyKinds)[number]

/** The levels that an agency of this kind may have, the usual one first. */
const levelsOf: Record<AgencyKind, readonly [AgencyLevel, ...AgencyLevel[]]> = {
  ubnd_tp: ['thanh_pho'],
  so: ['so'],
  ban_quan_ly: ['so'],
  ban_chi_huy: ['so'],
  trung_tam_hcc: ['so'],
  cong_an: ['don_vi', 'so'],
  don_vi_dich_vu: ['don_vi'],
  doanh_nghiep_ha_tang: ['don_vi'],
  van_hanh: ['don_vi'],
  ubnd_huyen: ['huyen'],
  ubnd_xa: ['xa'],
}

/** The level follows from the kind; if a kind may have two levels, the stored one is kept. */
export function levelOf(kind: AgencyKind, kept?: string): AgencyLevel {
  const [usual, ...others] = levelsOf[kind]
  return others.find((level) => level === kept) ?? usual
}

const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'required')
    .max(longest, 'too_long')
    .transform((text) => text.normalize('NFC'))

const day = calendarDay('bad_date')
const id = z.string().min(1).max(80)

export const agencyFields = z.object({
  name: line(200),
  shortName: line(60),
  kind: z.enum(agencyKinds, 'required'),
  /** Null only for the city itself. */
  parentId: id.nullable(),
  calendarId: id,
  /** Official code of the commune whose People's Committee this is. */
  areaCode: z
    .string()
    .trim()
    .regex(/^(\d{2,5})?$/, 'area_code_pattern')
    .transform((code) => code || null)
    .nullable(),
  validFrom: z.nullable(day),
  /** Only the assignee may answer a report; a colleague must take it over first. */
  onlyAssigneeAnswers: z.boolean(),
})
export type AgencyFields = z.output<typeof agencyFields>

const seen = { id, version: z.number().int().positive() }

export const createAgencyInput = z.object({
  /** Our own short code; the log and imports identify the agency by it, so it never changes. */
  id: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/, 'agency_code_pattern'),
  fields: agencyFields,
})
export type CreateAgency = z.output<typeof createAgencyInput>

export const changeAgencyInput = z.object({ ...seen, fields: agencyFields })
export type ChangeAgency = z.output<typeof changeAgencyInput>

export const endAgencyInput = z.object({
  ...seen,
  /** The last day in office; null undoes an end. */
  validTo: z.nullable(day),
  successorId: id.nullable(),
})
export type EndAgency = z.output<typeof endAgencyInput>
