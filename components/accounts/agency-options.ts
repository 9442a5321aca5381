import type { PickerOption } from '#components/ui/match-options.ts'

export type Agency = { id: string; name: string; shortName: string; validTo: string | null }

/** The agencies to choose from; ended ones are listed below the others with their last day. */
export function agencyOptions(agencies: readonly Agency[], ended: (validTo: string) => string): PickerOption[] {
  const today = new Date().toISOString().slice(0, 10)
  const isOver = ({ validTo }: Agency) => validTo !== null && validTo < today
  return [...agencies.filter((agency) => !isOver(agency)), ...agencies.filter(isOver)].map((agency) => ({
    id: agency.id,
    label: agency.name,
    note: isOver(agency) && agency.validTo ? ended(agency.validTo) : agency.shortName,
    also: agency.shortName,
  }))
}
