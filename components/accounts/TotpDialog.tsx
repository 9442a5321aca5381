'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { totpCodeOf } from '#server/accounts/rules/second-factor.ts'
import styles from './SecondFactor.module.css'

type Props = {
  secret: string
  svg: string
  onAdded: (added: { codes: string[] | null }) => void
  onClose: () => void
}

/** The QR code to scan, the key to type where there is no camera, and a first code to prove that it worked. */
export function TotpDialog({ secret, svg, onAdded, onClose }: Props) {
  const t = useTranslations('accounts.secondFactor.totpDialog')
  const trpc = useTRPC()
  const refusalText = useRefusalText()
  const [code, setCode] = useState('')
  const [isShort, setShort] = useState(false)
  const finish = useMutation(
    trpc.secondFactor.finishTotp.mutationOptions({ onSuccess: onAdded, onError: () => setCode('') }),
  )
  const send = () => (totpCodeOf(code).length === 6 ? finish.mutate({ code }) : setShort(true))
  const problem = isShort ? t('missing') : finish.error ? refusalText(finish.error) : undefined
  return (
    <ConfirmDialog
      open
      title={t('title')}
      confirmLabel={t('submit')}
      busy={finish.isPending}
      onConfirm={send}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <p>{t('scan')}</p>
        {/* biome-ignore lint/performance/noImgElement: an inline SVG has nothing to fetch or resize */}
        <img
          className={styles.picture}
          src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
          alt={t('picture')}
          width={200}
          height={200}
        />
        <div>
          <p>{t('typed')}</p>
          <p className={styles.secret}>
            <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            <CopyButton text={secret} what={t('what')} />
          </p>
        </div>
        <FormField label={t('code')} error={problem}>
          {(field) => (
            <TextInput
              {...field}
              type="text"
              className={styles.code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              value={code}
              onChange={(event) => {
                setCode(event.target.value)
                setShort(false)
              }}
            />
          )}
        </FormField>
      </div>
    </ConfirmDialog>
  )
}
