import type { Weekly } from './weekly.ts'

/**
 * The form in which issued reports keep their figures. A new form gets the next number and a reader beside this one.
 */
export const keptSchema = 1

/** What JSON makes of a value: moments are written as texts. */
type Kept<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Kept<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Kept<Value[Key]> }
      : Value

/** The figures of an issued report, with its moments as moments again. */
export function readKeptWeekly(schema: number, figures: unknown): Weekly {
  if (schema !== keptSchema) throw new Error(`there is no reader of issued reports of schema ${schema}`)
  const kept = figures as Kept<Weekly>
  const { compared, check } = kept.header
  return {
    ...kept,
    header: {
      ...kept.header,
      asOf: new Date(kept.header.asOf),
      compared: compared && { ...compared, from: new Date(compared.from), to: new Date(compared.to) },
      check: check && { ...check, at: new Date(check.at) },
    },
    storms: kept.storms.map((storm) => ({
      ...storm,
      asOf: new Date(storm.asOf),
      peak: storm.peak && { ...storm.peak, at: new Date(storm.peak.at) },
      incident: {
        ...storm.incident,
        startsAt: new Date(storm.incident.startsAt),
        endsAt: storm.incident.endsAt === null ? null : new Date(storm.incident.endsAt),
      },
    })),
  } as Weekly
}
