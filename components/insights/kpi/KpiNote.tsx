'use client'

import { Info, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { KpiId } from '#server/insights/rules/definitions.ts'
import styles from './KpiNote.module.css'

/** What a figure means: formula and what is left out, in the words the documentation is printed from. */
export function KpiNote({ id }: { id: KpiId }) {
  const t = useTranslations('board.kpi')
  const kpis = useTranslations('insights.kpis')
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  const panel = useId()
  const name = kpis(`${id}.name`)

  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    place.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what was opened within
    <span
      ref={place}
      className={styles.place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.preventDefault()
        close()
      }}
    >
      <IconButton
        size="small"
        className={styles.button}
        label={t('about', { name })}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => setOpen(!open)}
      >
        <Info strokeWidth={1.75} />
      </IconButton>
      {open && (
        <div id={panel} className={styles.panel} role="dialog" aria-label={name}>
          <header className={styles.head}>
            <h3 className={styles.title}>{name}</h3>
            <IconButton size="small" label={t('closeAbout')} onClick={close}>
              <X />
            </IconButton>
          </header>
          <p>{kpis(`${id}.formula`)}</p>
          <p className={styles.leftOut}>{kpis(`${id}.leftOut`)}</p>
        </div>
      )}
    </span>
  )
}
