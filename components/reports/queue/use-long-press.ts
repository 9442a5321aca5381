import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'

/** Milliseconds. Shorter than the browser's own context menu on a link. */
const long = 450

/** Detects a long press, as opposed to a tap or the beginning of a scroll, which the browser takes over. */
export function useLongPress(onLong: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stop = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  const begin = () => {
    ignoreLift()
    onLong()
  }
  return {
    onPointerDown: ({ pointerType, isPrimary }: PointerEvent) => {
      stop()
      if (pointerType === 'touch' && isPrimary) timer.current = setTimeout(begin, long)
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: ({ nativeEvent: press }: MouseEvent) => {
      if (press instanceof globalThis.PointerEvent && press.pointerType === 'touch') press.preventDefault()
    },
  }
}

/** The same finger, lifted soon, would click on what has replaced the link. */
function ignoreLift(): void {
  const lift = new AbortController()
  const of = { capture: true, signal: lift.signal }
  const ignore = (click: Event) => {
    click.preventDefault()
    click.stopPropagation()
  }
  document.addEventListener('click', ignore, of)
  document.addEventListener('pointerdown', () => lift.abort(), of)
}
