'use client'

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { Table } from '#components/ui/Table.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { type DeliveryKind, deliveryKinds } from '#server/webhooks/rules/payload.ts'
import { type DeliveryState, deliveryStates } from '#server/webhooks/rules/webhook.ts'
import { DeliveryRow } from './DeliveryRow.tsx'
import { DeliverySheet } from './DeliverySheet.tsx'
import styles from './Webhooks.module.css'
import { useKindWords } from './words.ts'

type Page = { deliveries: readonly { state: DeliveryState }[] }
const isWaitingIn = (pages: readonly Page[]) =>
  pages.some(({ deliveries }) => deliveries.some(({ state }) => state === 'waiting'))

export function DeliveryLog({ webhook }: { webhook: WebhookRow }) {
  const t = useTranslations('webhooks.log')
  const done = useTranslations('webhooks.done')
  const kindWords = useKindWords()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalText = useRefusalText()
  const [state, setState] = useState<DeliveryState | ''>('')
  const [kind, setKind] = useState<DeliveryKind | ''>('')
  const [opened, setOpened] = useState<string | null>(null)
  const list = useInfiniteQuery(
    trpc.webhooks.deliveries.infiniteQueryOptions(
      { webhookId: webhook.id, state: state || null, kind: kind || null },
      {
        initialCursor: null,
        getNextPageParam: (page) => page.next,
        placeholderData: (before) => before,
        // Waiting deliveries may be sent at any time: also between the reading of this list and of their number.
        refetchInterval: ({ state }) => (webhook.waiting > 0 || isWaitingIn(state.data?.pages ?? []) ? 5000 : false),
      },
    ),
  )
  const replay = useMutation(
    trpc.webhooks.replay.mutationOptions({
      onSuccess: ({ count }) => toast({ text: done('replayed', { count }), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(trpc.webhooks.pathFilter()),
    }),
  )
  const deliveries = list.data?.pages.flatMap((page) => page.deliveries) ?? []
  const columns = [
    { key: 'kind', label: t('columns.kind'), width: '32%' },
    { key: 'about', label: t('columns.about'), width: '18%' },
    { key: 'state', label: t('columns.state') },
    { key: 'tries', label: t('columns.tries'), width: 110, align: 'end' as const },
    { key: 'at', label: t('columns.at'), width: 150 },
  ]
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries" className={styles.section}>
        {t('title')}
      </h2>
      <div className={styles.bar}>
        <div className={styles.filter}>
          <FormField label={t('state')}>
            {(field) => (
              <SelectInput
                {...field}
                value={state}
                onChange={(event) => setState(event.target.value as DeliveryState | '')}
              >
                <option value="">{t('anyState')}</option>
                {deliveryStates.map((each) => (
                  <option key={each} value={each}>
                    {t(`states.${each}`)}
                  </option>
                ))}
              </SelectInput>
            )}
          </FormField>
        </div>
        <div className={styles.filter}>
          <FormField label={t('kind')}>
            {(field) => (
              <SelectInput
                {...field}
                value={kind}
                onChange={(event) => setKind(event.target.value as DeliveryKind | '')}
              >
                <option value="">{t('anyKind')}</option>
                {deliveryKinds.map((each) => (
                  <option key={each} value={each}>
                    {kindWords(each)}
                  </option>
                ))}
              </SelectInput>
            )}
          </FormField>
        </div>
        {webhook.dead > 0 && webhook.state !== 'ended' && (
          <Button
            className={styles.all ?? ''}
            busy={replay.isPending}
            onClick={() => replay.mutate({ webhookId: webhook.id, deliveryId: null })}
          >
            {t('replayAll', { count: webhook.dead })}
          </Button>
        )}
      </div>
      {list.isPending && <SkeletonRows rows={6} rowHeight={41} columns={['2fr', '1fr', '2fr', 60, 130]} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && deliveries.length === 0 && (
        <EmptyState icon={Send} title={state || kind ? t('noneFound') : t('empty')}>
          {!state && !kind && t('emptySentence')}
        </EmptyState>
      )}
      {deliveries.length > 0 && (
        <Table label={t('title')} columns={columns}>
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              isActive={webhook.state === 'active'}
              onOpen={() => setOpened(delivery.id)}
            />
          ))}
        </Table>
      )}
      {list.hasNextPage && (
        <Button className={styles.more ?? ''} busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {opened && (
        <DeliverySheet
          webhook={webhook}
          id={opened}
          isReplaying={replay.isPending}
          onReplay={() =>
            replay.mutate({ webhookId: webhook.id, deliveryId: opened }, { onSuccess: () => setOpened(null) })
          }
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  )
}
