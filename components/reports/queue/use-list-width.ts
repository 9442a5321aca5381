'use client'

import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { rememberHere } from '#components/shell/cookies.ts'
import { widthCookie } from './layout-cookies.ts'

/** The width of the list, in pixels; initially as the server guessed, by its last width on this machine. */
export function useListWidth(list: RefObject<HTMLElement | null>, guessed: number): number {
  const [width, setWidth] = useState(guessed)
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const measure = () => element.offsetWidth > 0 && setWidth(element.offsetWidth)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [list])
  useEffect(() => {
    if (width !== guessed) rememberHere(widthCookie, String(width))
  }, [width, guessed])
  return width
}
