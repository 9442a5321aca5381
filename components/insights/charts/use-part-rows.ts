import type { Mark } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import type { BarRow } from '../chart/BarRows.tsx'

type Part = Pick<BarRow, 'key' | 'label' | 'ink' | 'striped'> & { mark: Mark }
type Heads = { heading: string; count: string; share: string }

/** The parts of a whole as bars, as long as their share of the largest, the same as a table, and their sum. */
export function usePartRows(parts: readonly Part[], { heading, count, share }: Heads) {
  const { words, shownOf } = useBoardFrame()
  const most = Math.max(1, ...parts.map(({ mark }) => mark.count))
  const rows = parts.map(
    ({ mark, ...part }): BarRow => ({
      ...part,
      share: mark.count / most,
      note: words.number(mark.count),
      ...shownOf(mark),
    }),
  )
  const table = {
    heading,
    columns: [
      { key: 'count', label: count },
      { key: 'share', label: share },
    ],
    rows: rows.map(({ key, label, href, note, text }) => ({
      key,
      heading: label,
      cells: [{ text: note ?? '', href }, { text }],
    })),
  }
  return { rows, table, all: parts.reduce((sum, { mark }) => sum + mark.count, 0) }
}
