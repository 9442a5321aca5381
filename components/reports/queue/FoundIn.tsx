import { useTranslations } from 'next-intl'
import type { FoundIn as Found } from '#server/reports/rules/found-in.ts'
import styles from './FoundIn.module.css'

/** Replaces the report's own text: the search matched something added to it later. */
export function FoundIn({ found, className = '' }: { found: Found; className?: string | undefined }) {
  const t = useTranslations('reports.queue.row')
  return (
    <span className={className} title={found.excerpt}>
      <span className={styles.where}>{t(`foundIn.${found.where}`)}</span> {found.excerpt}
    </span>
  )
}
