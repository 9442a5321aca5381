'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import styles from './CopyButton.module.css'
import { Hint } from './Hint.tsx'

type Props = {
  /** What is copied. */
  text: string
  /** What it is, for the button's name: "mã phản ánh". */
  what: string
  /** Shows the text itself as the button. */
  shown?: boolean
}

export function CopyButton({ text, what, shown = false }: Props) {
  const t = useTranslations('common.copy')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true))
  const Icon = copied ? Check : Copy
  return (
    <Hint text={copied ? t('done') : t('label', { what })} names>
      <button
        type="button"
        className={shown ? styles.shown : styles.copy}
        onClick={copy}
        aria-label={shown ? `${text} – ${t('label', { what })}` : t('label', { what })}
      >
        {shown && <span className={styles.text}>{text}</span>}
        <Icon size={14} aria-hidden="true" className={styles.icon} />
        <span role="status" className={styles.said}>
          {copied ? t('done') : ''}
        </span>
      </button>
    </Hint>
  )
}
