import { type ColourName, colours, type Scheme } from '#components/ui/tokens.ts'

/** The colours of the base map: quiet mixtures of the desk's own, so that the pins stand out in light and in dark. */
export function mapColours(scheme: Scheme) {
  const colour = colours[scheme]
  const isDark = scheme === 'dark'
  const land = isDark ? colour.paper : colour.bg
  const on = (name: ColourName, share: number) => mixed(colour[name], land, share)
  return {
    beyond: isDark ? colour.bg : colour['line-2'],
    land,
    own: on('accent', isDark ? 0.16 : 0.1),
    water: on('accent', 0.22),
    green: on('ok', isDark ? 0.14 : 0.1),
    building: on('line-strong', isDark ? 0.22 : 0.14),
    rail: on('line-strong', 0.55),
    road: isDark ? on('ink-2', 0.24) : colour.paper,
    casing: isDark ? colour.bg : on('line-strong', 0.36),
    bridge: on('line-strong', isDark ? 0.8 : 0.7),
    boundary: on('line-strong', 0.75),
    name: colour['ink-2'],
    smallName: colour['ink-3'],
    waterName: colour.accent,
    halo: land,
    shield: colour.paper,
    shieldLine: on('line-strong', 0.8),
  }
}

export type MapColours = ReturnType<typeof mapColours>

/** So much of one colour over another, both as #rrggbb. */
function mixed(over: string, under: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [high, low] = [over, under].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16))
    return Math.round((high as number) * share + (low as number) * (1 - share))
  })
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
