import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'

/** Sooner than a browser's own menu over a link. */
const long = 450

/** A finger that rests, told from a tap and from the beginning of a scroll, which the browser takes over. */
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

/** The same finger, lifted soon, would click on what has come in the place of the link. */
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
