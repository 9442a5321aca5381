'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { FileClock } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { listIssued } from '#server/insights/queries/issued.ts'
import { issuedAddress } from '#server/insights/rules/issued.ts'

type Props = { first: Awaited<ReturnType<typeof listIssued>> }

/** The reports to the leadership that were sent, newest first. */
export function IssuedList({ first }: Props) {
  const t = useTranslations('weekly.issued')
  const trpc = useTRPC()
  const format = useFormat()
  const list = useInfiniteQuery(
    trpc.insights.issued.infiniteQueryOptions(
      {},
      {
        getNextPageParam: (page) => page.next,
        initialCursor: null,
        initialData: { pages: [first], pageParams: [null] },
      },
    ),
  )
  const reports = list.data.pages.flatMap((page) => page.reports)
  const columns = [
    { key: 'report', label: t('columns.report'), width: '50%' },
    { key: 'mailing', label: t('columns.mailing') },
    { key: 'issuedAt', label: t('columns.issuedAt') },
    { key: 'locale', label: t('columns.locale') },
  ]
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights">{t('back')}</BackLink>}
        title={t('title')}
        sentence={t('sentence')}
      />
      {reports.length === 0 ? (
        <EmptyState icon={FileClock} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {reports.map(({ id, subject, name, issuedAt, locale }) => (
            <tr key={id}>
              <Cell heading>
                <Link href={issuedAddress(id)}>{subject}</Link>
              </Cell>
              <Cell label={t('columns.mailing')}>{name}</Cell>
              <Cell label={t('columns.issuedAt')}>{format.dateTime(issuedAt)}</Cell>
              <Cell label={t('columns.locale')}>{t(`locales.${locale}`)}</Cell>
            </tr>
          ))}
        </Table>
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
