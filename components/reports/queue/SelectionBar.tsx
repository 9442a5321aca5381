'use client'

import { Copy, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import styles from './SelectionBar.module.css'

type Props = { count: number; onCopy: () => void; onClear: () => void }

/** What may be done with the rows chosen. */
export function SelectionBar({ count, onCopy, onClear }: Props) {
  const t = useTranslations('reports.queue.selection')
  return (
    <section className={styles.bar} aria-label={t('count', { count })}>
      <strong className={styles.count} role="status">
        {t('count', { count })}
      </strong>
      <Button size="small" icon={<Copy />} onClick={onCopy}>
        {t('copy')}
      </Button>
      <Button size="small" variant="quiet" icon={<X />} command="list.clear" onClick={onClear}>
        {t('clear')}
      </Button>
    </section>
  )
}
