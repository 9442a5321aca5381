import type { KpiUnit } from '#server/insights/rules/definitions.ts'

/** How much of the figure's own unit is one of the unit it is typed in: percent, working hours, reports. */
const perTyped: Record<KpiUnit, number> = { share: 0.01, working_minutes: 60, calendar_minutes: 60, count: 1 }

/** A target as it is typed: "80", "12,5". */
export function typedAmount(value: number | null, unit: KpiUnit): string {
  if (value === null) return ''
  return String(Number((value / perTyped[unit]).toPrecision(10))).replace('.', ',')
}

/** The amount that was typed; null where nothing was, NaN where it is no number. */
export function amountOf(typed: string, unit: KpiUnit): number | null {
  const text = typed.trim().replace(',', '.')
  if (text === '') return null
  return /^\d+(\.\d+)?$/.test(text) ? Number((Number(text) * perTyped[unit]).toPrecision(10)) : Number.NaN
}
