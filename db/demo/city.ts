import type { MultiPolygon, Polygon } from 'geojson'
import type * as schema from '#db/schema/index.ts'
import { daysOf } from '#server/calendars/rules/calendar-days.ts'
import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import type { Weekly, WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { RoutingAgency } from '#server/categories/rules/routing.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import { listOf, readJson, readTable } from './files.ts'

type Row<Table extends { $inferInsert: object }> = Table['$inferInsert']

export type CityAgency = RoutingAgency & Row<typeof schema.agencies> & { name: string; shortName: string; kind: string }
export type CityCategory = Row<typeof schema.categories> & {
  code: string
  defaultSeverity: Severity
  intakeMinutes: number
  normalMinutes: number
  urgentMinutes: number
  complexMinutes: number | null
  needsPhoto: boolean
  needsApproval: boolean
  isStorm: boolean
  coordinating: string[]
  /** The lead agency before the departments merged and the districts ended. */
  formerLeadAgencyId: string | null
}

export const rootAgencyId = 'ubnd-tp'
export const cityCalendarId = 'hanh-chinh'
const shiftCalendarId = 'truc-ca'

/** Office hours of the city [ours], and those of companies with a field shift on Saturday mornings. */
const officeHours: Weekly = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [
    day,
    [
      [480, 720],
      [780, 1020],
    ],
  ]),
)
const fieldHours: Weekly = { ...officeHours, 6: [[480, 720]] }
const fieldKinds = ['don_vi_dich_vu', 'doanh_nghiep_ha_tang']

const severityOf: Record<string, Severity> = { khan: 'urgent', binh_thuong: 'normal', phuc_tap: 'complex' }
/** Answers to plain questions and thanks need no approval. */
const answeredAtOnce = ['TT-04', 'KH-02', 'XB-03']

type Cell =
  | 'agency_id'
  | 'name_vi'
  | 'short_name'
  | 'level'
  | 'agency_type'
  | 'parent_id'
  | 'valid_from'
  | 'valid_to'
  | 'successor_id'
  | 'admin_code'

export function cityAgencies(): CityAgency[] {
  return readTable<Cell>('agencies.csv').map((row) => ({
    id: row.agency_id,
    name: row.name_vi,
    shortName: row.short_name,
    level: row.level,
    kind: row.agency_type,
    parentId: row.parent_id || null,
    validFrom: row.valid_from.length === 4 ? `${row.valid_from}-01-01` : row.valid_from || null,
    validTo: row.valid_to || null,
    successorId: row.successor_id || null,
    areaCode: row.agency_id === rootAgencyId ? null : row.admin_code || null,
    calendarId: fieldKinds.includes(row.agency_type) ? shiftCalendarId : cityCalendarId,
  }))
}

export function cityAreas(): Row<typeof schema.areas>[] {
  type Properties = {
    code: string
    name: string
    short_name: string
    type: string
    label_lon: number
    label_lat: number
    valid_from: string
  }
  const { features } = readJson<{ features: { geometry: Polygon | MultiPolygon; properties: Properties }[] }>(
    'communes-2025.approx.geojson',
  )
  return features.map(({ geometry, properties }, at) => ({
    id: at + 1,
    code: properties.code,
    name: properties.name,
    shortName: properties.short_name,
    kind: properties.type,
    validFrom: properties.valid_from,
    validTo: null,
    labelLon: properties.label_lon,
    labelLat: properties.label_lat,
    geometry,
  }))
}

type CategoryCell =
  | 'code'
  | 'parent_code'
  | 'name_vi'
  | 'default_severity'
  | 'deadline_working_hours'
  | 'urgent_deadline_working_hours'
  | 'lead_agency_2024'
  | 'lead_agency_2025'
  | 'coordinating'
  | 'storm_surge'
  | 'field_check'
  | 'public_by_default'
  | 'keywords'

export function cityCategories(): CityCategory[] {
  const english = new Map(readTable<'code' | 'name_en'>('categories.en.csv').map((row) => [row.code, row.name_en]))
  return readTable<CategoryCell>('categories.csv').map((row) => {
    const severity = severityOf[row.default_severity] ?? 'normal'
    const hours = Number(row.deadline_working_hours || 40)
    // The table has a separate limit for complex categories; the normal limit is then half of it, as everywhere else.
    const isComplex = severity === 'complex'
    return {
      code: row.code,
      parentCode: row.parent_code || null,
      name: row.name_vi,
      nameEn: english.get(row.code) ?? row.name_vi,
      defaultSeverity: severity,
      intakeMinutes: 480,
      normalMinutes: (isComplex ? hours / 2 : hours) * 60,
      urgentMinutes: Number(row.urgent_deadline_working_hours || 4) * 60,
      complexMinutes: isComplex ? hours * 60 : null,
      leadAgencyId: row.lead_agency_2025 || null,
      formerLeadAgencyId: row.lead_agency_2024 || null,
      coordinating: listOf(row.coordinating),
      needsApproval: !answeredAtOnce.includes(row.code),
      needsPhoto: row.field_check === '1',
      isStorm: row.storm_surge === '1',
      isPublic: row.public_by_default === '1',
      keywords: listOf(row.keywords),
    }
  })
}

type HolidayCell = 'date' | 'name_vi' | 'name_en' | 'is_day_off' | 'swapped_with' | 'status' | 'source'

export function cityCalendars() {
  const calendars: Row<typeof schema.calendars>[] = [
    { id: cityCalendarId, name: 'Giờ hành chính' },
    { id: shiftCalendarId, name: 'Giờ hành chính và trực sáng thứ Bảy' },
  ]
  const versions: Row<typeof schema.calendarVersions>[] = [
    { calendarId: cityCalendarId, validFrom: '2024-01-01', validTo: null, weekly: officeHours },
    { calendarId: shiftCalendarId, validFrom: '2024-01-01', validTo: null, weekly: fieldHours },
  ]
  const days: Row<typeof schema.calendarDays>[] = readTable<HolidayCell>('holidays.csv').map((row) => ({
    calendarId: null,
    date: row.date,
    kind: row.is_day_off === '1' ? 'closed' : 'working',
    intervals: null,
    name: row.name_vi,
    nameEn: row.name_en,
    // A day not yet announced closes no office until an admin confirms it.
    status: row.status === 'du_kien' ? 'proposed' : 'confirmed',
    swappedWith: row.swapped_with || null,
    source: row.source,
  }))
  return { calendars, versions, days }
}

/** The working time of each calendar, compiled from the rows that are written. */
export function compiledCity({
  calendars,
  versions,
  days,
}: ReturnType<typeof cityCalendars>): Map<string, WorkingTime> {
  const confirmed = days
    .filter((day) => day.status === 'confirmed')
    .map((day) => ({
      calendarId: day.calendarId ?? null,
      date: day.date,
      kind: day.kind,
      intervals: day.intervals ?? null,
    }))
  return new Map(
    calendars.map(({ id }) => [
      id,
      compileCalendar(
        {
          id,
          zone: 'Asia/Ho_Chi_Minh',
          versions: versions
            .filter((version) => version.calendarId === id)
            .map(({ validFrom, validTo, weekly }) => ({ validFrom, validTo: validTo ?? null, weekly })),
          days: daysOf(id, confirmed),
        },
        new Date('2024-01-01T00:00:00+07:00'),
        new Date('2027-12-31T00:00:00+07:00'),
      ),
    ]),
  )
}
