import { type RefCallback, useCallback } from 'react'

const heights = new Map<Element, number>()

/**
 * Tells the page how high the buttons are that stand at its foot, as `--foot`: what is said meanwhile stands above them. Measured, for they
 * wrap with the language, the letters and the width. What is not shown counts for nothing.
 */
export function useFoot(): RefCallback<HTMLElement> {
  return useCallback((element) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => tell(element, entry?.borderBoxSize[0]?.blockSize ?? 0))
    observer.observe(element)
    return () => {
      observer.disconnect()
      heights.delete(element)
      publish()
    }
  }, [])
}

function tell(element: Element, height: number): void {
  heights.set(element, height)
  publish()
}

function publish(): void {
  const highest = Math.max(0, ...heights.values())
  document.documentElement.style.setProperty('--foot', `${Math.ceil(highest)}px`)
}
