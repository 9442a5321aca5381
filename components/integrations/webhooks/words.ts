import { useTranslations } from 'next-intl'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import type { DeliveryKind } from '#server/webhooks/rules/payload.ts'
import type { WebhookHealth } from '#server/webhooks/rules/webhook.ts'

export const statusOfHealth = {
  new: 'closed',
  well: 'answered',
  failing: 'soon',
  paused: 'closed',
  disabled: 'failed',
  ended: 'closed',
} as const satisfies Record<WebhookHealth, string>

export function useKindWords(): (kind: string) => string {
  const t = useTranslations('webhooks.kinds')
  return (kind) => t(kind as DeliveryKind)
}

/** The reports that a webhook covers, as one line for each restriction. */
export function useScopeWords(): (webhook: Pick<WebhookRow, 'agencyName' | 'clientName'>) => string[] {
  const t = useTranslations('webhooks')
  return ({ agencyName, clientName }) => [
    agencyName === null ? t('wholeCity') : t('ofAgency', { agency: agencyName }),
    ...(clientName === null ? [] : [t('ofClient', { client: clientName })]),
  ]
}
