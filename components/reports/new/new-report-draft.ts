import { startOfDay } from '#server/platform/rules/local-day.ts'
import type { Severity, staffChannels } from '#server/reports/rules/lifecycle.ts'

export type NewReportDraft = {
  /** One idempotency key for each form: a report that is submitted twice is one report. */
  key: string
  channel: (typeof staffChannels)[number]
  title: string
  body: string
  categoryCode: string
  severity: Severity | null
  address: string
  point: { lon: number; lat: number } | null
  /** The commune that was chosen; null: that of the point. */
  areaId: number | null
  /** A local day as `yyyy-MM-dd`. */
  occurredOn: string | null
  incidentId: string | null
  reporter: { name: string; phone: string; email: string; address: string }
}

export const emptyDraft: NewReportDraft = {
  key: '',
  channel: 'hotline',
  title: '',
  body: '',
  categoryCode: '',
  severity: null,
  address: '',
  point: null,
  areaId: null,
  occurredOn: null,
  incidentId: null,
  reporter: { name: '', phone: '', email: '', address: '' },
}

/** The form as the input of the procedure. */
export function inputOf({ occurredOn, ...draft }: NewReportDraft) {
  return { ...draft, occurredAt: occurredOn === null ? null : startOfDay(occurredOn) }
}
