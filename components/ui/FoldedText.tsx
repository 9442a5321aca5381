'use client'

import { useTranslations } from 'next-intl'
import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import styles from './FoldedText.module.css'

type Props = { lines: number; lang?: string; className?: string | undefined; children: ReactNode }

/**
 * A text of which only the first lines are shown until it is unfolded. It is in the page as a whole: a screen reader
 * reads it, and where the browser scrolls to a word in the hidden part (a find, a link with focus), it unfolds.
 */
export function FoldedText({ lines, lang, className, children }: Props) {
  const t = useTranslations('common')
  const id = useId()
  const text = useRef<HTMLDivElement>(null)
  const [isLong, setLong] = useState(false)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const element = text.current
    if (!element || isOpen) return
    const measure = () => setLong(element.scrollHeight > element.clientHeight + 1)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isOpen])
  const turn = () => {
    text.current?.scrollTo(0, 0)
    setOpen(!isOpen)
  }
  return (
    <>
      <div
        ref={text}
        id={id}
        lang={lang}
        className={[isOpen ? styles.open : styles.folded, className].filter(Boolean).join(' ')}
        style={{ '--lines': lines } as CSSProperties}
        onScroll={(event) => event.currentTarget.scrollTop > 0 && setOpen(true)}
      >
        {children}
      </div>
      {(isLong || isOpen) && (
        <Button
          size="small"
          variant="quiet"
          className={styles.turn ?? ''}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={turn}
        >
          {t(isOpen ? 'less' : 'more')}
        </Button>
      )}
    </>
  )
}
