import type { KpiFigure } from '#server/insights/rules/board.ts'
import { useBoardFrame } from '../board-context.ts'
import { Change } from './Change.tsx'

/** How far a figure moved, over the denominators of both periods. Nothing where one of them has no value. */
export function ChangeOf({ kpi: { value, change, verdict, unit, n, previous, isHidden } }: { kpi: KpiFigure }) {
  const { words } = useBoardFrame()
  if (change === null || value === null || isHidden || !previous) return null
  return <Change change={change} verdict={verdict} text={words.distanceOf(change, unit, Math.min(n, previous.n))} />
}
