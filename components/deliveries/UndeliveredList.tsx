'use client'

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReportLink } from '#components/reports/ReportLink.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { deliveryOverview, Undelivered, undelivered } from '#server/deliveries/queries/undelivered.ts'
import { CorrectDialog } from './CorrectDialog.tsx'
import styles from './Deliveries.module.css'
import { ToldDialog } from './ToldDialog.tsx'
import { UndeliveredActs } from './UndeliveredActs.tsx'
import { UndeliveredWhy } from './UndeliveredWhy.tsx'

type Props = {
  first: Awaited<ReturnType<typeof undelivered>>
  overview: Awaited<ReturnType<typeof deliveryOverview>>
}
export type Doing = { is: 'telling' | 'correcting'; delivery: Undelivered }

export function UndeliveredList({ first, overview }: Props) {
  const t = useTranslations('deliveries.undelivered')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const [doing, setDoing] = useState<Doing | null>(null)
  const list = useInfiniteQuery(
    trpc.deliveries.undelivered.infiniteQueryOptions(
      {},
      {
        getNextPageParam: (page) => page.next,
        initialCursor: null,
        initialData: { pages: [first], pageParams: [null] },
      },
    ),
  )
  const refresh = () => queries.invalidateQueries(trpc.deliveries.undelivered.pathFilter())
  const onError = (error: unknown) => toast({ text: textOf(error), tone: 'failure' })
  const again = useMutation(trpc.deliveries.sendAgain.mutationOptions({ onError, onSettled: refresh }))
  const by = useMutation(trpc.deliveries.sendBy.mutationOptions({ onError, onSettled: refresh }))
  const posted = useMutation(trpc.deliveries.markPosted.mutationOptions({ onError, onSettled: refresh }))
  const say = (text: string) => toast({ text, tone: 'success' })
  const rows = list.data.pages.flatMap((page) => page.deliveries)
  const waiting = (overview.counts.waiting ?? 0) + (overview.counts.queued ?? 0)
  const columns = [
    { key: 'report', label: t('report') },
    { key: 'what', label: t('what'), width: 150 },
    { key: 'why', label: t('why'), width: '34%' },
    { key: 'since', label: t('since'), width: 140 },
    { key: 'acts', label: t('acts'), quiet: true, width: 130 },
  ]
  return (
    <Page>
      <PageHeader
        title={t('title')}
        sentence={t('sentence')}
        {...(waiting > 0 && { aside: t('waiting', { count: waiting }) })}
      />
      {!overview.isSending && (
        <p className={styles.notice} role="status">
          {overview.isSetUp ? t('notSending') : t('notSetUp')}
        </p>
      )}
      {rows.length === 0 && (overview.isSetUp || waiting === 0) && (
        <EmptyState icon={CircleCheck} title={t('none')} action={<Link href="/reports">{t('toQueue')}</Link>} />
      )}
      {rows.length > 0 && (
        <Table label={t('title')} columns={columns}>
          {rows.map((delivery) => (
            <tr key={delivery.id}>
              <Cell heading>
                <ReportLink code={delivery.code} title={delivery.title} />
              </Cell>
              <UndeliveredWhy delivery={delivery} />
              <Cell label={t('since')}>
                <TimeText at={delivery.createdAt} />
              </Cell>
              <Cell actions>
                <UndeliveredActs
                  delivery={delivery}
                  onDo={setDoing}
                  onAgain={() =>
                    again.mutate(seen(delivery), { onSuccess: () => say(t('done.again', { code: delivery.code })) })
                  }
                  onBy={(channel) =>
                    by.mutate(
                      { ...seen(delivery), channel },
                      { onSuccess: () => say(t('done.again', { code: delivery.code })) },
                    )
                  }
                  onPosted={() =>
                    posted.mutate(seen(delivery), { onSuccess: () => say(t('done.posted', { code: delivery.code })) })
                  }
                />
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {doing?.is === 'telling' && (
        <ToldDialog delivery={doing.delivery} onDone={refresh} onClose={() => setDoing(null)} />
      )}
      {doing?.is === 'correcting' && (
        <CorrectDialog delivery={doing.delivery} onDone={refresh} onClose={() => setDoing(null)} />
      )}
    </Page>
  )
}

const seen = ({ id, version }: Undelivered) => ({ id, version })
