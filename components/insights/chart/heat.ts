/** The number of colour depths, not counting none. */
export const heatSteps = 5

/** The depth of a value: 0 for zero, by the square root for the rest, so that small figures differ too. */
export function heatStep(value: number, greatest: number): number {
  if (value <= 0 || greatest <= 0) return 0
  return Math.max(1, Math.min(heatSteps, Math.ceil(Math.sqrt(value / greatest) * heatSteps - 1e-9)))
}

/** The whole numbers of each depth that has any, for the key. */
export function heatClasses(greatest: number): { step: number; from: number; to: number }[] {
  const upTo = (step: number) => Math.floor(greatest * (step / heatSteps) ** 2 + 1e-9)
  return [
    { step: 0, from: 0, to: 0 },
    ...Array.from({ length: heatSteps }, (_, at) => ({ step: at + 1, from: upTo(at) + 1, to: upTo(at + 1) })),
  ].filter(({ from, to }) => from <= to)
}

/** Up to the fourth depth dark text is readable on it, on the fifth light text is; between them neither would be. */
const depths = [0, 10, 22, 36, 52, 100]

/** One hue from paper to accent: distinguished by lightness alone, so it works with any colour vision. */
export function heatInk(step: number): string {
  const depth = depths[step] ?? 0
  return depth === 0 ? 'var(--line-2)' : `color-mix(in srgb, var(--accent) ${depth}%, var(--paper))`
}

/** Upper bounds of classes with about equal numbers of values, without repetition. */
export function classBounds(values: readonly number[], classes = heatSteps): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return []
  const bounds = Array.from(
    { length: classes },
    (_, i) => sorted[Math.ceil(((i + 1) / classes) * sorted.length) - 1] ?? 0,
  )
  return [...new Set(bounds)]
}

/** The class of a value, from 1. */
export function classOf(value: number, bounds: readonly number[]): number {
  const at = bounds.findIndex((bound) => value <= bound)
  const place = (at < 0 ? bounds.length - 1 : at) + 1
  return Math.max(1, Math.round((place / Math.max(1, bounds.length)) * heatSteps))
}
