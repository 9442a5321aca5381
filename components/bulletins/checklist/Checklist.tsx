'use client'

import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { NameButton } from '#components/ui/NameButton.tsx'
import { CheckBox } from '#components/ui/Ticks.tsx'
import { type Finding, findingKey } from '#server/bulletins/rules/checklist.ts'
import styles from './Checklist.module.css'

type Props = {
  findings: readonly Finding[]
  acknowledged: readonly string[]
  /** False while something is not checked yet: until then an empty list says nothing. */
  isComplete?: boolean
  /** Absent where the list is read-only. */
  onAcknowledge?: (keys: string[]) => void
  /** Scrolls to the block of the finding. */
  onGoTo?: ((finding: Finding) => void) | undefined
}

/** The findings that block publication, and those that someone must acknowledge. */
export function Checklist({ findings, acknowledged, isComplete = true, onAcknowledge, onGoTo }: Props) {
  const t = useTranslations('bulletins.checklist')
  if (findings.length === 0 && !isComplete) return <p>{t('reading')}</p>
  if (findings.length === 0) {
    return (
      <p className={styles.clear}>
        <CircleCheck size={16} aria-hidden="true" />
        {t('clear')}
      </p>
    )
  }
  const errors = findings.filter(({ level }) => level === 'error')
  const warnings = findings.filter(({ level }) => level === 'warning')
  const tick = (key: string, on: boolean) =>
    onAcknowledge?.(on ? [...acknowledged, key] : acknowledged.filter((each) => each !== key))
  return (
    <section className={styles.list} aria-label={t('label')}>
      {errors.map((finding) => (
        <div key={findingKey(finding) + finding.words} className={styles.finding} data-level="error">
          <CircleX size={16} aria-hidden="true" />
          <Words finding={finding} onGoTo={onGoTo} />
        </div>
      ))}
      {warnings.map((finding) => {
        const key = findingKey(finding)
        const isTicked = acknowledged.includes(key)
        return (
          <div key={key + finding.words} className={styles.finding} data-level={isTicked ? 'ticked' : 'warning'}>
            {onAcknowledge ? (
              <label className={styles.tick}>
                <CheckBox checked={isTicked} onChange={({ target }) => tick(key, target.checked)} />
                <Words finding={finding} />
              </label>
            ) : (
              <>
                <TriangleAlert size={16} aria-hidden="true" />
                <Words finding={finding} onGoTo={onGoTo} />
              </>
            )}
          </div>
        )
      })}
      {onAcknowledge && warnings.length > 0 && <p className={styles.note}>{t('tickNote')}</p>}
    </section>
  )
}

function Words({ finding, onGoTo }: { finding: Finding; onGoTo?: ((finding: Finding) => void) | undefined }) {
  const t = useTranslations('bulletins')
  const { code, language, words, level, block } = finding
  const said = (
    <>
      <span className={styles.level}>{t(`checklist.levels.${level}`)}</span> {t(`checklist.codes.${code}`)}
      {words && <q className={styles.quote}>{words}</q>}
      {language === 'en' && <span className={styles.language}>{t('languages.en')}</span>}
    </>
  )
  if (!onGoTo || block === null) return <span className={styles.words}>{said}</span>
  return (
    <span className={styles.words}>
      <NameButton onClick={() => onGoTo(finding)}>{said}</NameButton>
    </span>
  )
}
