'use client'

import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { TemplateText } from '#components/templates/TemplateText.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { placeOfLetter } from './caret-place.ts'
import type { Offer, Offers } from './offers.ts'
import type { OpenTrigger, TriggerId } from './open-trigger.ts'
import styles from './TriggerList.module.css'

type Props = {
  id: string
  trigger: OpenTrigger
  offers: Offers
  /** The option that Enter takes. */
  current: Offer | undefined
  area: RefObject<HTMLTextAreaElement | null>
  onChoose: (offer: Offer) => void
}

const gap = 4
const edge = 8
/** Pixels of height that are enough: below the line if they are there, else on the side with more space. */
const wanted = 280

const wordsOf = {
  'composer.snippet': 'snippet',
  'composer.knowledge': 'knowledge',
  'composer.colleague': 'colleague',
  'composer.report': 'report',
} as const satisfies Record<TriggerId, string>

/** The options of a trigger, under the line that it is typed in. The focus stays in the text. */
export function TriggerList({ id, trigger, offers, current, area, onChoose }: Props) {
  const t = useTranslations('report.composer.triggers')
  const frame = useRef<HTMLDivElement>(null)
  const { options, state } = offers
  const words = wordsOf[trigger.id]
  usePlaceBelow(frame, area, trigger)
  useEffect(() => {
    const option = current && document.getElementById(`${id}-${current.id}`)
    option?.scrollIntoView({ block: 'nearest' })
  }, [id, current])
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the text during a press
    <div ref={frame} className={styles.frame} onMouseDown={(event) => event.preventDefault()}>
      <div id={id} role="listbox" aria-label={t(`${words}.list`)} className={styles.list}>
        {options.map((offer) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field handles the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text
          <div
            key={offer.id}
            id={`${id}-${offer.id}`}
            role="option"
            aria-selected={offer === current}
            className={styles.option}
            onClick={() => onChoose(offer)}
          >
            <span className={styles.name} lang="vi">
              {offer.label}
              {offer.tag && <span className={styles.tag}>{offer.tag}</span>}
            </span>
            {offer.note && (
              <span className={styles.note}>
                <WholeCodes>{offer.note}</WholeCodes>
              </span>
            )}
            {offer.preview && (
              <span className={styles.preview} lang="vi">
                <TemplateText body={offer.preview} />
              </span>
            )}
          </div>
        ))}
      </div>
      {options.length === 0 && <p className={styles.none}>{t(state === 'there' ? `${words}.none` : state)}</p>}
    </div>,
    document.body,
  )
}

/** Keeps the list at the line, also while the page is scrolled and while a phone's keyboard opens. */
function usePlaceBelow(
  frame: RefObject<HTMLElement | null>,
  area: RefObject<HTMLTextAreaElement | null>,
  trigger: OpenTrigger,
): void {
  useLayoutEffect(() => {
    const put = () => {
      if (!frame.current || !area.current) return
      const line = placeOfLetter(area.current, trigger.start)
      const { offsetTop: top = 0, height = window.innerHeight } = window.visualViewport ?? {}
      const above = line.top - top - gap - edge
      const below = top + height - line.bottom - gap - edge
      const isBelow = below >= wanted || below >= above
      const left = Math.min(line.left, window.innerWidth - frame.current.offsetWidth - edge)
      Object.assign(frame.current.style, {
        left: `${Math.max(edge, left)}px`,
        top: isBelow ? `${line.bottom + gap}px` : 'auto',
        bottom: isBelow ? 'auto' : `${window.innerHeight - line.top + gap}px`,
        maxHeight: `${Math.min(wanted, isBelow ? below : above)}px`,
      })
    }
    put()
    const view = window.visualViewport
    window.addEventListener('scroll', put, { capture: true, passive: true })
    window.addEventListener('resize', put)
    view?.addEventListener('resize', put)
    view?.addEventListener('scroll', put)
    return () => {
      window.removeEventListener('scroll', put, { capture: true })
      window.removeEventListener('resize', put)
      view?.removeEventListener('resize', put)
      view?.removeEventListener('scroll', put)
    }
  }, [frame, area, trigger])
}
