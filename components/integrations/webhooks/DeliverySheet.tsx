'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { DeliveryDetail, WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { Failure } from './Failure.tsx'
import { PlainText } from './PlainText.tsx'
import styles from './Webhooks.module.css'
import { useKindWords } from './words.ts'

type Props = { webhook: WebhookRow; id: string; isReplaying: boolean; onReplay: () => void; onClose: () => void }

export function DeliverySheet({ webhook, id, isReplaying, onReplay, onClose }: Props) {
  const t = useTranslations('webhooks')
  const kindWords = useKindWords()
  const trpc = useTRPC()
  const delivery = useQuery(trpc.webhooks.delivery.queryOptions({ webhookId: webhook.id, id }))
  const { data } = delivery
  const mayReplay =
    data !== undefined && data.kind !== 'webhook.test' && data.state !== 'waiting' && webhook.state !== 'ended'
  return (
    <Sheet
      open
      title={data ? kindWords(data.kind) : t('log.title')}
      width={640}
      footer={
        mayReplay && (
          <>
            <Button variant="primary" busy={isReplaying} onClick={onReplay}>
              {t('delivery.replay')}
            </Button>
            <span className={styles.quiet}>{t('delivery.replayHint')}</span>
          </>
        )
      }
      onClose={onClose}
    >
      {delivery.isPending && <SkeletonRows rows={8} rowHeight={32} columns={['1fr', '2fr']} />}
      {delivery.isError && <ErrorState error={delivery.error} onRetry={() => delivery.refetch()} />}
      {data && <Delivery delivery={data} />}
    </Sheet>
  )
}

function Delivery({ delivery: { about, messageId, createdAt, body, attempts } }: { delivery: DeliveryDetail }) {
  const t = useTranslations('webhooks')
  const format = useFormat()
  return (
    <div className={styles.detail}>
      <PropertyList
        items={[
          ...(about ? [{ key: 'about', label: t('log.columns.about'), value: about }] : []),
          { key: 'created', label: t('delivery.created'), value: format.dateTime(createdAt) },
          {
            key: 'id',
            label: t('delivery.id'),
            value: <span className={styles.whole}>{messageId}</span>,
            action: <CopyButton text={messageId} what={t('delivery.id')} />,
          },
        ]}
      />
      <section>
        <h3>{t('delivery.attempts')}</h3>
        {attempts.length === 0 && <p>{t('delivery.noAttempts')}</p>}
        <ol className={styles.attempts}>
          {attempts.map(({ id, at, failure, status, answer, answerCut, millis }) => (
            <li key={id}>
              <span className={styles.quiet}>{t('delivery.attempt', { at: format.dateTime(at), millis })}</span>
              {failure ? (
                <Failure failure={failure} status={status} />
              ) : (
                <p className={styles.what}>{t('delivery.ok', { status: String(status) })}</p>
              )}
              {answer ? (
                <PlainText>
                  {answer}
                  {answerCut && `\n${t('delivery.cut')}`}
                </PlainText>
              ) : (
                status !== null && <p className={styles.todo}>{t('delivery.noAnswer')}</p>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{t('delivery.body')}</h3>
        <PlainText>{JSON.stringify(JSON.parse(body), null, 2)}</PlainText>
      </section>
    </div>
  )
}
