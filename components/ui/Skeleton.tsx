import { useTranslations } from 'next-intl'
import styles from './Skeleton.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type BlockProps = { width?: number | string; height?: number | string; round?: boolean }

/** A grey block the size of the coming content. */
export function Skeleton({ width = '100%', height = 14, round = false }: BlockProps) {
  return <span className={round ? styles.round : styles.block} style={{ width, height }} aria-hidden="true" />
}

type RowsProps = {
  rows: number
  /** The height of the final rows, so that nothing jumps when they come. */
  rowHeight: number
  /** Widths of the blocks in a row: numbers are pixels, `fr` shares the rest. */
  columns: readonly (number | `${number}fr`)[]
}

const lengths = ['82%', '64%', '91%', '73%', '58%']

export function SkeletonRows({ rows, rowHeight, columns }: RowsProps) {
  const t = useTranslations('common')
  const template = columns.map((width) => (typeof width === 'number' ? `${width}px` : width)).join(' ')
  return (
    <div role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div
          key={row}
          className={styles.row}
          style={{ height: rowHeight, gridTemplateColumns: template }}
          aria-hidden="true"
        >
          {columns.map((_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are nothing but their place
            <Skeleton key={column} width={lengths[(row + column) % lengths.length] ?? '80%'} />
          ))}
        </div>
      ))}
    </div>
  )
}
