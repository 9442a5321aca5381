import { addProtocol, type Map as MapLibre } from 'maplibre-gl'
import type { MapSettings } from '#server/areas/rules/map-settings.ts'
import { fontFaces } from './labels.ts'
import { areaLabels, areaNames, type Base, currentScheme, ownStyle } from './map-style.ts'
import { drawShields } from './shields.ts'

/** `foreign`: a style of the operator, which says itself where its data come from. */
export type BaseKind = 'streets' | 'schematic' | 'foreign'

/**
 * Draws the base map that this installation has, and redraws it when the page changes between light and dark, because
 * the map has its own colours. A style configured by the operator replaces ours; if it cannot be loaded, ours stays.
 */
export function keepStyle(map: MapLibre, ownArea: () => number | null, tell: (kind: BaseKind) => void): () => void {
  const gone = new AbortController()
  let base: Base = null
  const draw = () => map.setStyle(ownStyle(currentScheme(), ownArea(), base))
  const watch = new MutationObserver(draw)
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  drawShields(map)
  const begin = async () => {
    const { styleUrl, streetsUrl } = await settingsOf(gone.signal)
    if (styleUrl) {
      watch.disconnect()
      map.setStyle(styleUrl, { transformStyle: (_, style) => withAreaNames(style) })
      return 'foreign'
    }
    // Without what reads the file, the map has the drawing.
    base =
      streetsUrl && (await readStreets())
        ? { kind: 'streets', url: new URL(streetsUrl, location.href).href }
        : { kind: 'schematic' }
    if (!gone.signal.aborted) draw()
    return base.kind
  }
  begin()
    .then((kind) => gone.signal.aborted || tell(kind))
    .catch(() => undefined)
  return () => {
    gone.abort()
    watch.disconnect()
  }
}

/** Without an answer the map has the drawing, as an installation without a file. */
async function settingsOf(signal: AbortSignal): Promise<MapSettings> {
  try {
    const answer = await fetch('/api/map/settings.json', { signal })
    return (await answer.json()) as MapSettings
  } catch {
    return { styleUrl: null, streetsUrl: null }
  }
}

let reading: Promise<void> | undefined

/** Loads what reads the parts of the file, only where there is one. If that fails, the next map tries again. */
async function readStreets(): Promise<boolean> {
  reading ??= import('pmtiles').then(({ Protocol }) => addProtocol('pmtiles', new Protocol().tile))
  try {
    await reading
    return true
  } catch {
    reading = undefined
    return false
  }
}

function withAreaNames(style: Parameters<MapLibre['setStyle']>[0] & object) {
  return {
    ...style,
    'font-faces': { ...style['font-faces'], ...fontFaces },
    sources: { ...style.sources, 'area-names': areaNames },
    layers: [...style.layers, areaLabels(currentScheme())],
  }
}
