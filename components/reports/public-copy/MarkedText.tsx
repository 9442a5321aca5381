import { useTranslations } from 'next-intl'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Finding } from '#server/publication/rules/finding.ts'
import styles from './PublicCopy.module.css'

/** A text as it was typed, with what the rules take for personal data marked and named. */
export function MarkedText({ text, findings }: { text: string; findings: readonly Finding[] }) {
  const t = useTranslations('report.publicCopy.kinds')
  if (text === '') return <p className={styles.nothing}>–</p>
  const starts = [0, ...findings.map(({ end }) => end)]
  return (
    <p className={styles.original} lang="vi">
      {starts.map((start, at) => {
        const finding = findings[at]
        return (
          <span key={start}>
            {text.slice(start, finding?.start)}
            {finding && (
              <mark className={styles.mark} title={t(finding.kind)}>
                {text.slice(finding.start, finding.end)}
                <VisuallyHidden> ({t(finding.kind)})</VisuallyHidden>
              </mark>
            )}
          </span>
        )
      })}
    </p>
  )
}
