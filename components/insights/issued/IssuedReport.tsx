'use client'

import { ChartNoAxesColumn, Printer } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { issuedById } from '#server/insights/queries/issued.ts'
import { boardAddress } from '#server/insights/rules/filters.ts'
import { issuedPagesPath } from '#server/insights/rules/issued.ts'
import { boardOf } from '#server/insights/rules/weekly-period.ts'
import { Corrections } from './Corrections.tsx'
import styles from './IssuedReport.module.css'

type Props = { report: Awaited<ReturnType<typeof issuedById>> }

/** A report as it was issued, unchanged; what is known better now is beside it. */
export function IssuedReport({ report }: Props) {
  const t = useTranslations('weekly.issued')
  const format = useFormat()
  const paper = useRef<HTMLIFrameElement>(null)
  const { id, subject, name, issuedAt, locale, weekly } = report
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights/issued">{t('toList')}</BackLink>}
        title={subject}
        sentence={t('about', { at: format.dateTime(issuedAt), name })}
        actions={
          <>
            <Link className={styles.link} href={boardAddress(boardOf(weekly.question))}>
              <ChartNoAxesColumn size={16} aria-hidden="true" />
              {t('board')}
            </Link>
            <Button variant="primary" icon={<Printer />} onClick={() => paper.current?.contentWindow?.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      <div className={styles.beside}>
        {/* Without scripts: an earlier version of the desk wrote it. Of the same origin, so that it prints. */}
        <iframe
          ref={paper}
          className={styles.paper}
          title={t('paper')}
          lang={locale}
          src={`${issuedPagesPath}${id}`}
          sandbox="allow-same-origin allow-modals"
        />
        <Corrections id={id} issued={weekly} />
      </div>
    </>
  )
}
