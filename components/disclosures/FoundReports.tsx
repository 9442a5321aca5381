'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { FoundByPhone } from '#server/reports/commands/find-by-phone.ts'
import styles from './PhoneSearch.module.css'

type Props = { reports: readonly FoundByPhone[]; count: number; onOpen: (code: string) => void }

/** The reports of one phone number: the first has the focus, Enter opens it. */
export function FoundReports({ reports, count, onOpen }: Props) {
  const t = useTranslations('lookups.phone')
  const format = useFormat()
  return (
    <>
      <p className={styles.count} role="status">
        {t('found', { count })}
      </p>
      <ul className={styles.list}>
        {reports.map(({ code, title, receivedAt, agencyName }, at) => (
          <li key={code}>
            <button
              type="button"
              className={styles.report}
              ref={at === 0 ? takeFocus : undefined}
              onClick={() => onOpen(code)}
            >
              <span className={styles.title}>{title}</span>
              <span className={styles.facts}>
                {[code, format.dateTime(receivedAt), agencyName].filter(Boolean).join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {count > reports.length && <p className={styles.facts}>{t('more', { count: reports.length })}</p>}
    </>
  )
}

const takeFocus = (first: HTMLElement | null) => first?.focus()
