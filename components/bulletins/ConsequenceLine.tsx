import { Siren } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AlertConsequence } from '#server/bulletins/rules/alert-consequence.ts'
import styles from './ConsequenceLine.module.css'

/** States in words what the city's alerts will be once the text is published, before anyone confirms. */
export function ConsequenceLine({ consequence }: { consequence: AlertConsequence }) {
  const t = useTranslations('bulletins.alertPanel.consequence')
  if (consequence.kind === 'none') return null
  return (
    <p className={styles.line} data-open={consequence.kind === 'undecided' || undefined}>
      <Siren size={16} aria-hidden="true" />
      {t(consequence.kind === 'cancel' ? consequence.ending : consequence.kind)}
    </p>
  )
}
