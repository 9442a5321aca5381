'use client'

import { type KeyboardEvent, useRef } from 'react'

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

type Place = { column: number; row: number }

/**
 * One Tab stop for a whole chart: arrow keys move from data point to data point within it. A data point states its
 * position by `data-at="column,row"`; an arrow key moves to the next one in its direction, over gaps. At the edge the
 * key press is not handled.
 */
export function useRoving<Frame extends Element>({ isMap = false } = {}) {
  const frame = useRef<Frame>(null)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const current = event.target instanceof Element ? event.target.closest('[data-at]') : null
    if (!step || !current || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // The page's own arrow keys would change the period while the reader moves.
    event.preventDefault()
    const next = nearest([...(frame.current?.querySelectorAll('[data-at]') ?? [])], current, step, isMap ? 2 : 1000)
    if (!next) return
    current.setAttribute('tabindex', '-1')
    next.setAttribute('tabindex', '0')
    ;(next as HTMLElement).focus()
  }
  return { frame, onKeyDown }
}

function placeOf(mark: Element): Place {
  const [column = 0, row = 0] = (mark.getAttribute('data-at') ?? '').split(',').map(Number)
  return { column, row }
}

/** In a grid the same row or column comes first at any distance; on a map what is ahead and not too far aside. */
function nearest(
  marks: Element[],
  from: Element,
  [across, down]: readonly [number, number],
  cost: number,
): Element | undefined {
  const start = placeOf(from)
  return marks
    .map((mark) => {
      const { column, row } = placeOf(mark)
      const ahead = (column - start.column) * across + (row - start.row) * down
      const aside = Math.abs((column - start.column) * down) + Math.abs((row - start.row) * across)
      return { mark, ahead, aside }
    })
    .filter(({ mark, ahead }) => mark !== from && ahead > 0)
    .sort((a, b) => a.ahead + a.aside * cost - (b.ahead + b.aside * cost))[0]?.mark
}
