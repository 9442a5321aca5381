'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Device } from '#server/accounts/queries/devices.ts'
import styles from './AccountPage.module.css'

const handHeld = new Set(['iPhone', 'iPad', 'Android'])

/** The sessions of the account: device, network, start. */
export function Devices({ initial }: { initial: readonly Device[] }) {
  const t = useTranslations('accounts.devices')
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const { data: devices } = useQuery(
    trpc.me.devices.queryOptions(undefined, { initialData: [...initial], refetchOnMount: false }),
  )
  const revoke = useMutation(
    trpc.me.revokeDevice.mutationOptions({
      onSuccess: () => toast({ text: t('revoked'), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(trpc.me.devices.queryFilter()),
    }),
  )
  const nameOf = ({ browser, system }: Device) =>
    browser && system ? t('device', { browser, system }) : (browser ?? system ?? t('unknown'))
  return (
    <ul className={styles.devices}>
      {devices.map((device) => {
        const Icon = handHeld.has(device.system ?? '') ? Smartphone : Monitor
        return (
          <li key={device.id}>
            <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
            <div>
              <strong>{nameOf(device)}</strong>
              {device.isCurrent && <span className={styles.current}>{t('current')}</span>}
              <p>
                {device.ip ? t('address', { ip: device.ip }) : t('noAddress')}
                {' · '}
                {t('signedIn')} <TimeText at={device.signedInAt} />
                {' · '}
                {t('lastSeen')} <TimeText at={device.lastSeenAt} />
              </p>
            </div>
            {!device.isCurrent && (
              <Button
                size="small"
                aria-label={t('revokeLabel', { device: nameOf(device) })}
                busy={revoke.isPending && revoke.variables.sessionId === device.id}
                onClick={() => revoke.mutate({ sessionId: device.id })}
              >
                {t('revoke')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
