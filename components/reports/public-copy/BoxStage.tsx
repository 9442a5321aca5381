'use client'

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import {
  type Box,
  boxBetween,
  type Handle,
  handles,
  moved,
  type Point,
  resized,
} from '#server/publication/rules/boxes.ts'
import styles from './BoxStage.module.css'

type Props = {
  src: string
  /** Describes the photo and the controls to screen readers. */
  label: string
  describedBy: string
  boxes: readonly Box[]
  selected: number | null
  labelOf: (box: Box, at: number) => string
  onSelect: (at: number | null) => void
  /** `joins`: the change belongs to the previous undo step. */
  onChange: (at: number, box: Box, joins: boolean) => void
  onAdd: (box: Box) => void
  onRemove: (at: number) => void
}

type Gesture = { from: Point; x: number; y: number } & (
  | { does: 'draw' }
  | { does: 'move'; at: number; start: Box }
  | { does: 'resize'; at: number; start: Box; handle: Handle }
)

/** The share of the photo by which a key moves a box; a key that is held down moves it further. */
const step = 0.005
const heldStep = 0.02
/** In pixels. A shorter drag, as of a trembling hand, creates no box. */
const leastDrag = 4
const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** A photo on which the reviewer draws, moves and resizes boxes by mouse, touch or keys. */
export function BoxStage(props: Props) {
  const { src, label, describedBy, boxes, selected, labelOf, onSelect, onChange, onAdd, onRemove } = props
  const stage = useRef<HTMLFieldSetElement>(null)
  const [gesture, setGesture] = useState<Gesture | null>(null)
  const [live, setLive] = useState<Box | null>(null)

  // The selected box takes the focus so that keys act on it at once.
  useEffect(() => {
    if (selected === null || selected >= boxes.length) return
    stage.current?.querySelector<HTMLElement>(`[data-box="${selected}"]`)?.focus({ preventScroll: true })
  }, [selected, boxes.length])

  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = (stage.current as HTMLElement).getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (!event.isPrimary || event.button !== 0) return
    const target = event.target as HTMLElement
    const box = target.closest<HTMLElement>('[data-box]')
    const handle = target.closest<HTMLElement>('[data-handle]')?.dataset.handle as Handle | undefined
    const [from, at] = [pointOf(event), Number(box?.dataset.box)]
    const start = box ? boxes[at] : undefined
    const caught = { from, x: event.clientX, y: event.clientY }
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    if (!start) setGesture({ ...caught, does: 'draw' })
    else {
      onSelect(at)
      box?.focus({ preventScroll: true })
      setGesture(handle ? { ...caught, does: 'resize', at, start, handle } : { ...caught, does: 'move', at, start })
    }
  }
  const pull = (event: PointerEvent) => {
    if (!gesture || !event.isPrimary) return
    const isFar = Math.hypot(event.clientX - gesture.x, event.clientY - gesture.y) >= leastDrag
    if (!live && !isFar) return
    const point = pointOf(event)
    const by = { x: point.x - gesture.from.x, y: point.y - gesture.from.y }
    if (gesture.does === 'draw') setLive(boxBetween(gesture.from, point))
    else setLive(gesture.does === 'move' ? moved(gesture.start, by) : resized(gesture.start, gesture.handle, by))
  }
  const end = () => {
    if (gesture?.does === 'draw') {
      if (live) onAdd(live)
      else onSelect(null)
    } else if (gesture && live) onChange(gesture.at, live, false)
    drop()
  }
  const drop = () => {
    setGesture(null)
    setLive(null)
  }
  const press = (event: KeyboardEvent, at: number, box: Box) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = arrows[event.key]
    if (arrow) {
      const by = { x: arrow.x * (event.repeat ? heldStep : step), y: arrow.y * (event.repeat ? heldStep : step) }
      onChange(at, event.shiftKey ? grown(box, by) : moved(box, by), event.repeat)
    } else if (event.key === 'Delete' || event.key === 'Backspace') onRemove(at)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const shown = boxes.map((box, at) => (gesture && gesture.does !== 'draw' && gesture.at === at && live) || box)
  return (
    <fieldset
      ref={stage}
      className={styles.stage}
      aria-label={label}
      aria-describedby={describedBy}
      data-drawing={gesture?.does === 'draw' || undefined}
      onPointerDown={begin}
      onPointerMove={pull}
      onPointerUp={end}
      onPointerCancel={drop}
    >
      {/* biome-ignore lint/performance/noImgElement: an image service would need the sign-in */}
      <img src={src} alt="" draggable={false} className={styles.photo} />
      {shown.map((box, at) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: boxes have no names of their own; they are known by number.
          key={at}
          type="button"
          className={styles.box}
          data-box={at}
          data-selected={selected === at || undefined}
          style={placeOf(box)}
          aria-label={labelOf(box, at)}
          onFocus={() => onSelect(at)}
          onKeyDown={(event) => press(event, at, box)}
        >
          <span className={styles.number} aria-hidden="true">
            {at + 1}
          </span>
          {selected === at &&
            handles.map((handle) => <span key={handle} className={styles.handle} data-handle={handle} />)}
        </button>
      ))}
      {gesture?.does === 'draw' && live && <span className={styles.drawn} style={placeOf(live)} />}
    </fieldset>
  )
}

/** Resizes at the right and lower edges, which stay within the photo. */
const grown = (box: Box, by: Point): Box => {
  const width = Math.max(step, Math.min(1 - box.x, box.width + by.x))
  const height = Math.max(step, Math.min(1 - box.y, box.height + by.y))
  return resized(box, 'se', { x: width - box.width, y: height - box.height })
}

export const placeOf = ({ x, y, width, height }: Box) => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  width: `${width * 100}%`,
  height: `${height * 100}%`,
})
