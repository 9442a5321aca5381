'use client'

import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReportLink } from '#components/reports/ReportLink.tsx'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { awaitingCopies } from '#server/publication/queries/copies.ts'

/** The reports whose public copies wait for this account, newest first. */
export function AwaitingCopies({ first }: { first: Awaited<ReturnType<typeof awaitingCopies>> }) {
  const t = useTranslations('publicCopies')
  const client = useTRPCClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const [{ copies, next }, setShown] = useState(first)
  const [busy, setBusy] = useState(false)
  const showMore = async () => {
    setBusy(true)
    try {
      const more = await client.publication.awaiting.query({ cursor: next })
      setShown({ copies: [...copies, ...more.copies], next: more.next })
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    }
    setBusy(false)
  }
  const columns = [
    { key: 'report', label: t('report') },
    { key: 'cause', label: t('cause'), width: 280 },
    { key: 'received', label: t('received'), width: 170 },
  ]
  return (
    <Page>
      <PageHeader title={t('title')} sentence={t('sentence')} />
      {copies.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('none')} action={<Link href="/reports">{t('toQueue')}</Link>} />
      ) : (
        <Table label={t('title')} columns={columns}>
          {copies.map((copy) => (
            <tr key={copy.reportId}>
              <Cell heading>
                <ReportLink code={copy.code} title={copy.title} />
              </Cell>
              <Cell label={t('cause')}>{t(`causes.${copy.cause ?? 'new'}`)}</Cell>
              <Cell label={t('received')}>
                <TimeText at={copy.receivedAt} />
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      {next && (
        <Button busy={busy} onClick={() => void showMore()}>
          {t('more')}
        </Button>
      )}
    </Page>
  )
}
