'use client'

import Drawer from '@mui/material/Drawer'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { IconButton } from './IconButton.tsx'
import type { SheetProps } from './Sheet.tsx'
import styles from './SheetPanel.module.css'
import { usePhone } from './use-phone.ts'

export function SheetPanel({ onClose, title, children, footer, width = 440 }: SheetProps) {
  const t = useTranslations('common')
  const id = useId()
  const phone = usePhone()
  return (
    <Drawer
      open
      onClose={onClose}
      anchor={phone ? 'bottom' : 'right'}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-modal': true,
          'aria-labelledby': id,
          className: phone ? styles.fromBelow : styles.fromRight,
          style: phone ? undefined : { width: `min(${width}px, 100vw)` },
        },
      }}
    >
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        <IconButton label={t('close')} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className={styles.content}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </Drawer>
  )
}
