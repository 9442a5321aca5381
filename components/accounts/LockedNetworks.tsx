import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import styles from './LockedNetworks.module.css'

const everyMinute = 60_000

/** Networks from which sign-in is locked at the moment; renders nothing when there are none. */
export function LockedNetworks() {
  const t = useTranslations('accounts.locked')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalText = useRefusalText()
  const heading = useId()
  const { data: locked = [] } = useQuery(
    trpc.accounts.lockedNetworks.queryOptions(undefined, { refetchInterval: everyMinute }),
  )
  const unlock = useMutation(
    trpc.accounts.unlockNetwork.mutationOptions({
      onSuccess: (_, { place }) => toast({ text: t('unlocked', { place }), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => queries.invalidateQueries(trpc.accounts.lockedNetworks.queryFilter()),
    }),
  )
  if (locked.length === 0) return null
  return (
    <section className={styles.locked} aria-labelledby={heading}>
      <h2 id={heading}>
        <Lock size={18} strokeWidth={1.5} aria-hidden="true" />
        {t('title')}
      </h2>
      <p>{t('sentence')}</p>
      <ul>
        {locked.map(({ by, place, tries, until }) => (
          <li key={`${by} ${place}`}>
            <div>
              <strong>{place}</strong>
              <span className={styles.second}>
                {t(by)} · {t('tries', { count: tries })} · {t('until')} <TimeText at={until} />
              </span>
            </div>
            <Button
              size="small"
              aria-label={t('unlockLabel', { place })}
              busy={unlock.isPending && unlock.variables.place === place && unlock.variables.by === by}
              onClick={() => unlock.mutate({ by, place })}
            >
              {t('unlock')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
