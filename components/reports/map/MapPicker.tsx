'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import type { StatusName } from '#components/ui/status-colors.ts'
import { LazyMap } from './LazyMap.tsx'
import styles from './Map.module.css'
import type { Point } from './MapCanvas.tsx'
import { pointText } from './PlaceMap.tsx'

type Props = {
  point: Point | null
  state: StatusName
  onChange: (point: Point | null) => void
  /** What is at the point. */
  words?: string | undefined
}

/** A point chosen on the map: by a click, by dragging the pin, or by its arrow keys. */
export function MapPicker({ point, state, onChange, words }: Props) {
  const t = useTranslations('report.map')
  return (
    <div className={styles.frame}>
      <LazyMap point={point} state={state} onMove={onChange} />
      <div className={styles.bar}>
        <p className={styles.text} aria-live="polite">
          {point ? [words, pointText(point)].filter(Boolean).join(' · ') : t('click')}
        </p>
        {point && (
          <Button size="small" variant="quiet" onClick={() => onChange(null)}>
            {t('clear')}
          </Button>
        )}
      </div>
    </div>
  )
}
