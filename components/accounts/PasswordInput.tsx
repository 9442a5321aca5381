'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentPropsWithRef, type KeyboardEvent, useState } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './PasswordInput.module.css'

type Props = Omit<ComponentPropsWithRef<'input'>, 'type' | 'onBlur'> & { onLeave?: () => void }

/** A password input that can reveal its text and warns when Caps Lock is on. */
export function PasswordInput({ onLeave, ...props }: Props) {
  const t = useTranslations('accounts.signIn')
  const [isShown, setShown] = useState(false)
  const [isCapital, setCapital] = useState(false)
  const watch = (event: KeyboardEvent) => setCapital(event.getModifierState('CapsLock'))
  const Icon = isShown ? EyeOff : Eye
  return (
    <>
      <span className={styles.row}>
        <TextInput
          {...props}
          type={isShown ? 'text' : 'password'}
          className={styles.input}
          autoCapitalize="none"
          spellCheck={false}
          onKeyDown={watch}
          onKeyUp={watch}
          onBlur={() => {
            setCapital(false)
            onLeave?.()
          }}
        />
        <span className={styles.eye}>
          <IconButton
            label={isShown ? t('hidePassword') : t('showPassword')}
            size="small"
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            <Icon />
          </IconButton>
        </span>
      </span>
      <span role="status" className={styles.capital}>
        {isCapital ? t('capsLock') : ''}
      </span>
    </>
  )
}
