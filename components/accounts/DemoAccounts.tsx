'use client'

import { useTranslations } from 'next-intl'
import { type DemoUsername, demoFactorUsername, demoUsernames } from '#server/accounts/rules/demo-accounts.ts'
import styles from './SignInForm.module.css'

type MessageKey = DemoUsername extends infer Name
  ? Name extends `${infer Post}.${infer Place}`
    ? `${Post}_${Place}`
    : Name
  : never

/** A dot separates levels in message keys. */
const keyOf = (username: DemoUsername) => username.replace('.', '_') as MessageKey

type Props = { password: string; onChoose: (username: string) => void }

export function DemoAccounts({ password, onChoose }: Props) {
  const t = useTranslations('accounts.demo')
  return (
    <section className={styles.demo} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t('title')}</h2>
      <p>{t.rich('sentence', { password, word: (word) => <code>{word}</code> })}</p>
      <ul>
        {demoUsernames.map((username) => (
          <li key={username}>
            <button type="button" onClick={() => onChoose(username)}>
              <code>{username}</code>
              <span>{t(`accounts.${keyOf(username)}`)}</span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => onChoose(demoFactorUsername)}>
            <code>{demoFactorUsername}</code>
            <span>{t('withFactor')}</span>
          </button>
        </li>
      </ul>
    </section>
  )
}
