import { History, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Kbd } from '#components/ui/Kbd.tsx'
import styles from './RecentSearches.module.css'

/** A line of the list, or its remove button. */
export type Place = { row: number; onRemove: boolean }

type Props = {
  id: string
  recent: readonly string[]
  place: Place | null
  onPoint: (place: Place) => void
  onChoose: (words: string) => void
  onForget: (words: string) => void
}

export function RecentSearches({ id, recent, place, onPoint, onChoose, onForget }: Props) {
  const t = useTranslations('shell.search')
  const isAt = (row: number, onRemove: boolean) => place?.row === row && place.onRemove === onRemove
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the box during a press
    <div className={styles.recent} onMouseDown={(event) => event.preventDefault()} role="presentation">
      <div className={styles.heading} aria-hidden="true">
        {t('recent')}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid popup of the combobox */}
      <table id={id} role="grid" aria-label={t('recent')} className={styles.rows}>
        <tbody>
          {recent.map((words, row) => (
            <tr key={words} className={styles.row} data-active={place?.row === row}>
              <td className={styles.cell}>
                <button
                  type="button"
                  id={`${id}-${row}`}
                  tabIndex={-1}
                  className={styles.words}
                  onMouseMove={() => isAt(row, false) || onPoint({ row, onRemove: false })}
                  onClick={() => onChoose(words)}
                >
                  <History size={14} aria-hidden="true" />
                  <span>{words}</span>
                </button>
              </td>
              <td>
                <button
                  type="button"
                  id={`${id}-${row}-remove`}
                  tabIndex={-1}
                  className={styles.remove}
                  data-active={isAt(row, true)}
                  aria-label={t('forget', { words })}
                  onMouseMove={() => isAt(row, true) || onPoint({ row, onRemove: true })}
                  onClick={() => onForget(words)}
                >
                  <X size={14} aria-hidden="true" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className={styles.foot} aria-hidden="true">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('hint.move')}
        </span>
        <span>
          <Kbd>Enter</Kbd> {t('hint.run')}
        </span>
        <span>
          <Kbd>Delete</Kbd> {t('hint.forget')}
        </span>
      </footer>
    </div>
  )
}
