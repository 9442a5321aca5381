'use client'

import { useState } from 'react'
import type { CopyPhoto } from '#server/publication/queries/copy-photos.ts'
import { type Box, isSameBoxes } from '#server/publication/rules/boxes.ts'

/** `isShown` is null before a decision: the photo is then not published. */
export type Decision = { isShown: boolean | null; boxes: readonly Box[] }
type History = { past: readonly Decision[]; now: Decision; future: readonly Decision[] }

const mostSteps = 200

export type PhotoDecisions = {
  of: (fileId: string) => Decision
  /** `joins`: the change belongs to the previous undo step, as while a key is held down. */
  set: (fileId: string, decision: Decision, joins?: boolean) => void
  undo: (fileId: string) => void
  redo: (fileId: string) => void
  canUndo: (fileId: string) => boolean
  canRedo: (fileId: string) => boolean
  isChanged: boolean
  /** The decisions on the photos that the report has now. */
  decided: () => { fileId: string; isShown: boolean; boxes: Box[] }[]
}

/** The reviewer's decision on each photo, kept as steps so that each can be undone. */
export function usePhotoDecisions(photos: readonly CopyPhoto[]): PhotoDecisions {
  const [start] = useState(photos)
  const [histories, setHistories] = useState<Readonly<Record<string, History>>>({})
  const stored = (fileId: string): Decision => {
    const photo = photos.find((each) => each.fileId === fileId)
    return { isShown: photo?.isShown ?? null, boxes: photo?.boxes ?? [] }
  }
  const historyOf = (all: typeof histories, fileId: string): History =>
    all[fileId] ?? { past: [], now: stored(fileId), future: [] }
  const of = (fileId: string) => historyOf(histories, fileId).now
  const change = (fileId: string, step: (history: History) => History) =>
    setHistories((all) => ({ ...all, [fileId]: step(historyOf(all, fileId)) }))
  const isAsBefore = ({ fileId, isShown, boxes }: CopyPhoto) =>
    of(fileId).isShown === isShown && isSameBoxes(of(fileId).boxes, boxes)
  return {
    of,
    set: (fileId, decision, joins = false) =>
      change(fileId, ({ past, now }) => {
        const kept = joins && past.length > 0 ? past : [...past, now].slice(-mostSteps)
        return { past: kept, now: decision, future: [] }
      }),
    undo: (fileId) =>
      change(fileId, (history) => {
        const before = history.past.at(-1)
        if (!before) return history
        return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] }
      }),
    redo: (fileId) =>
      change(fileId, (history) => {
        const [next, ...later] = history.future
        return next ? { past: [...history.past, history.now], now: next, future: later } : history
      }),
    canUndo: (fileId) => historyOf(histories, fileId).past.length > 0,
    canRedo: (fileId) => historyOf(histories, fileId).future.length > 0,
    isChanged: !start.every(isAsBefore),
    decided: () =>
      photos.flatMap(({ fileId }) => {
        const { isShown, boxes } = of(fileId)
        return isShown === null ? [] : [{ fileId, isShown, boxes: isShown ? [...boxes] : [] }]
      }),
  }
}
