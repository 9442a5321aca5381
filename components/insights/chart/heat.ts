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

/** A class of a map: the values from one up to another, the lower one included; null: no bound. */
export type MapClass = { from: number | null; below: number | null; step: number }

/** Of whole numbers: classes with about equal numbers of values, each of whole numbers and none twice. */
export function countClasses(values: readonly number[]): MapClass[] {
  const sorted = [...values].sort((a, b) => a - b)
  const uppers = Array.from(
    { length: heatSteps },
    (_, at) => sorted[Math.ceil(((at + 1) / heatSteps) * sorted.length) - 1] ?? 0,
  )
  const bounds = [...new Set(uppers)].filter((bound) => bound > 0)
  return bounds.map((bound, at) => ({
    from: (bounds[at - 1] ?? 0) + 1,
    below: bound + 1,
    step: Math.max(1, Math.round(((at + 1) / bounds.length) * heatSteps)),
  }))
}

/** How far below a target a share is worse again, and worse still. */
const farBelow = [0.2, 0.1] as const

/**
 * Of shares: classes of whole percents that break at the target, which may have a decimal, the deeper the further below
 * it. Without a target in fifths.
 */
export function shareClasses(target: number | null): MapClass[] {
  const percents =
    target === null
      ? [20, 40, 60, 80]
      : [...farBelow.map((far) => Math.round((target - far) * 100)), target * 100, Math.round((1 + target) * 50)]
  const breaks = percents.filter((percent, at) => percent > Math.max(0, percents[at - 1] ?? 0) && percent <= 100)
  // A hundred times the target and a hundredth of that need not be the target.
  const shareAt = (percent: number) => (target !== null && percent === target * 100 ? target : percent / 100)
  return [null, ...breaks].map((from, at) => {
    const below = breaks[at] ?? null
    return {
      from: from === null ? null : shareAt(from),
      below: below === null ? null : shareAt(below),
      step: heatSteps - Math.round((at * (heatSteps - 1)) / Math.max(1, breaks.length)),
    }
  })
}

/** The depth of a value, by the class it is in. */
export const stepIn = (classes: readonly MapClass[], value: number): number =>
  classes.find(({ from, below }) => (from === null || value >= from) && (below === null || value < below))?.step ??
  heatSteps

/** A class of whole numbers as text: "4–8". */
export const wholeNumbers = ({ from, below }: MapClass, number: (value: number) => string): string =>
  (from ?? 0) + 1 === below ? number(from ?? 0) : `${number(from ?? 0)}–${number((below ?? 1) - 1)}`
