'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/Button.tsx'
import styles from './ChoiceBar.module.css'

/** The actions for the chosen reports; keeps its place while nothing is chosen. */
export function ChoiceBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const t = useTranslations('incidents.choice')
  return (
    <div className={styles.bar}>
      <strong className={styles.count} role="status">
        {t('count', { count })}
      </strong>
      {children}
      {count > 0 && (
        <Button size="small" variant="quiet" icon={<X />} command="list.clear" onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
