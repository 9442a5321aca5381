'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './SecondFactor.module.css'
import type { FactorProof } from './use-factor-proof.ts'

type Props = { proof: FactorProof; demoCode?: string | null | undefined }

/** The field for a code, or a prompt before an authenticator is used, and the other methods of the account. */
export function SecondFactorFields({ proof, demoCode }: Props) {
  const t = useTranslations('factor')
  const { way, others, choose, typed, type, problem } = proof
  return (
    <>
      {way === 'passkey' ? (
        <div>
          <p>{t('passkeySentence')}</p>
          {problem && (
            <p role="alert" className={styles.problem}>
              {problem}
            </p>
          )}
        </div>
      ) : (
        <FormField key={way} label={t(way)} hint={t(`${way}Hint`)} error={problem ?? undefined}>
          {(field) => (
            <TextInput
              {...field}
              type="text"
              className={styles.code}
              inputMode={way === 'code' ? 'numeric' : 'text'}
              autoComplete={way === 'code' ? 'one-time-code' : 'off'}
              autoCapitalize="none"
              spellCheck={false}
              maxLength={20}
              autoFocus
              value={typed}
              onChange={(event) => type(event.target.value)}
            />
          )}
        </FormField>
      )}
      {demoCode && way === 'code' && <p className={styles.demo}>{t('demoCode', { code: demoCode })}</p>}
      {others.length > 0 && (
        <p className={styles.others}>
          {t('other')}
          {others.map((other) => (
            <Button key={other} size="small" variant="quiet" onClick={() => choose(other)}>
              {t(`ways.${other}`)}
            </Button>
          ))}
        </p>
      )}
    </>
  )
}
