import { type RefCallback, useCallback } from 'react'

type Name = '--bottom-bar-height' | '--toasts-height'

const heights: Readonly<Record<Name, Map<Element, number>>> = {
  '--bottom-bar-height': new Map(),
  '--toasts-height': new Map(),
}

/**
 * Publishes the height of an element as a CSS variable. Measured, as it wraps with the language, the font and the
 * width. A hidden element counts as zero.
 */
export function usePublishedHeight(name: Name): RefCallback<HTMLElement> {
  return useCallback(
    (element) => {
      if (!element) return
      const observer = new ResizeObserver(([entry]) => {
        heights[name].set(element, entry?.borderBoxSize[0]?.blockSize ?? 0)
        publish(name)
      })
      observer.observe(element)
      return () => {
        observer.disconnect()
        heights[name].delete(element)
        publish(name)
      }
    },
    [name],
  )
}

function publish(name: Name): void {
  const highest = Math.max(0, ...heights[name].values())
  document.documentElement.style.setProperty(name, `${Math.ceil(highest)}px`)
}
