'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, ScrollText, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ownSecondFactor } from '#server/accounts/queries/second-factor.ts'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import { PasskeyNameDialog } from './PasskeyNameDialog.tsx'
import styles from './SecondFactor.module.css'
import { useFactorSetUp } from './use-factor-set-up.tsx'

type View = Awaited<ReturnType<typeof ownSecondFactor>>
type Key = View['passkeys'][number]
type Asking = { kind: 'removeTotp' } | { kind: 'removePasskey' | 'rename'; key: Key } | { kind: 'renew' }

/** The second factor of the signed-in account: what is set up, adding and removing. */
export function OwnSecondFactor({ username, initial }: { username: string; initial: View }) {
  const t = useTranslations('accounts.secondFactor')
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const { data } = useQuery(
    trpc.secondFactor.own.queryOptions(undefined, { initialData: initial, refetchOnMount: false }),
  )
  const { totp, passkeys, codesLeft } = data
  const [asking, setAsking] = useState<Asking | null>(null)
  const { attempt, dialog } = useConfirmedAttempt()
  const failed = (text: string) => toast({ text, tone: 'failure' })
  const changed = async (text: string) => {
    toast({ text, tone: 'success' })
    await queries.invalidateQueries()
  }
  const setUp = useFactorSetUp({
    username,
    attempt,
    onRefused: failed,
    onDone: (what) =>
      what === 'codes'
        ? void queries.invalidateQueries(trpc.secondFactor.own.queryFilter())
        : void changed(what === 'totp' ? t('totpDialog.done') : t('passkeyAdded')),
  })
  const take = (run: () => Promise<unknown>, said: string) => {
    setAsking(null)
    void attempt({
      run: async () => {
        await run()
        await changed(said)
      },
      onRefused: (error) => failed(refusalText(error)),
    })
  }
  const isOn = totp !== null || passkeys.length > 0
  const isLast = (totp ? 1 : 0) + passkeys.length === 1
  const last = isLast && <p>{t('removeLast')}</p>
  return (
    <>
      <div className={styles.head}>
        <h2 id="second-factor">{t('title')}</h2>
        <span className={styles.state} data-on={isOn || undefined}>
          {t(isOn ? 'on' : 'off')}
        </span>
        {data.isAsked && <span className={styles.state}>{t('asked')}</span>}
      </div>
      <p className={styles.sentence}>{t('sentence')}</p>
      <ul className={styles.list}>
        <Line
          icon={<Smartphone size={20} strokeWidth={1.5} aria-hidden="true" />}
          name={t('totp')}
          words={totp ? <Times since={totp.addedAt} used={totp.lastUsedAt} /> : t('totpNone')}
        >
          <Button size="small" busy={setUp.busy} onClick={() => void setUp.beginTotp()}>
            {t(totp ? 'change' : 'setUp')}
          </Button>
          {totp && (
            <Button size="small" aria-label={t('removeTotp')} onClick={() => setAsking({ kind: 'removeTotp' })}>
              {t('remove')}
            </Button>
          )}
        </Line>
        {passkeys.map((key) => (
          <Line
            key={key.id}
            icon={<KeyRound size={20} strokeWidth={1.5} aria-hidden="true" />}
            name={key.name}
            words={<Times since={key.createdAt} used={key.lastUsedAt} />}
          >
            <Button
              size="small"
              aria-label={t('renameLabel', { name: key.name })}
              onClick={() => setAsking({ kind: 'rename', key })}
            >
              {t('rename')}
            </Button>
            <Button
              size="small"
              aria-label={t('removeLabel', { name: key.name })}
              onClick={() => setAsking({ kind: 'removePasskey', key })}
            >
              {t('remove')}
            </Button>
          </Line>
        ))}
        {isOn && (
          <Line
            icon={<ScrollText size={20} strokeWidth={1.5} aria-hidden="true" />}
            name={t('codes')}
            words={t('codesLeft', { left: codesLeft, all: secondFactorLimits.recoveryCodes })}
          >
            <Button size="small" onClick={() => setAsking({ kind: 'renew' })}>
              {t('renew')}
            </Button>
          </Line>
        )}
      </ul>
      <Button icon={<KeyRound />} onClick={setUp.beginPasskey}>
        {t('addPasskey')}
      </Button>
      {asking?.kind === 'removeTotp' && (
        <ConfirmDialog
          open
          title={t('removeTotp')}
          confirmLabel={t('remove')}
          tone="danger"
          onConfirm={() => take(() => client.secondFactor.removeTotp.mutate(), t('totpRemoved'))}
          onClose={() => setAsking(null)}
        >
          <p>{t('removeTotpSentence')}</p>
          {last}
        </ConfirmDialog>
      )}
      {asking?.kind === 'removePasskey' && (
        <ConfirmDialog
          open
          title={t('removePasskey')}
          confirmLabel={t('remove')}
          tone="danger"
          onConfirm={() =>
            take(() => client.secondFactor.removePasskey.mutate({ id: asking.key.id }), t('passkeyRemoved'))
          }
          onClose={() => setAsking(null)}
        >
          <p>{t('removePasskeySentence', { name: asking.key.name })}</p>
          {last}
        </ConfirmDialog>
      )}
      {asking?.kind === 'rename' && (
        <PasskeyNameDialog
          name={asking.key.name}
          busy={false}
          onNamed={(name) =>
            take(() => client.secondFactor.renamePasskey.mutate({ id: asking.key.id, name }), t('renamed'))
          }
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === 'renew' && (
        <ConfirmDialog
          open
          title={t('renewTitle')}
          confirmLabel={t('renew')}
          onConfirm={() => {
            setAsking(null)
            void setUp.renewCodes()
          }}
          onClose={() => setAsking(null)}
        >
          {t('renewSentence')}
        </ConfirmDialog>
      )}
      {setUp.dialogs}
      {dialog}
    </>
  )
}

type LineProps = { icon: ReactNode; name: string; words: ReactNode; children: ReactNode }

function Line({ icon, name, words, children }: LineProps) {
  return (
    <li>
      {icon}
      <div>
        <strong>{name}</strong>
        <p>{words}</p>
      </div>
      <div className={styles.buttons}>{children}</div>
    </li>
  )
}

function Times({ since, used }: { since: Date | null; used: Date | null }) {
  const t = useTranslations('accounts.secondFactor')
  return (
    <>
      {since && (
        <>
          {t('added')} <TimeText at={since} />
          {' · '}
        </>
      )}
      {used ? (
        <>
          {t('lastUsed')} <TimeText at={used} />
        </>
      ) : (
        t('neverUsed')
      )}
    </>
  )
}
