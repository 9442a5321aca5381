'use client'

import { ChevronLeft, ChevronRight, Plus, Redo2, Trash2, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { Dialog } from '#components/ui/Dialog.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { NameButton } from '#components/ui/NameButton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { CopyPhoto } from '#server/publication/queries/copy-photos.ts'
import { type Box, mostBoxes, settled } from '#server/publication/rules/boxes.ts'
import { photoAddress } from '../photos/photo-address.ts'
import { BoxNumbers } from './BoxNumbers.tsx'
import { BoxStage } from './BoxStage.tsx'
import { PhotoChoice } from './PhotoChoice.tsx'
import styles from './PhotoEditor.module.css'
import type { PhotoDecisions } from './use-photo-decisions.ts'
import { usePlaceWords } from './use-place-words.ts'

type Props = {
  photos: readonly CopyPhoto[]
  at: number
  decisions: PhotoDecisions
  onGo: (at: number) => void
  onClose: () => void
}

const fresh = settled({ x: 0.4, y: 0.4, width: 0.2, height: 0.2 })

/** Edits the boxes of one photo at a time. Each change is stored at once and can be undone. */
export function PhotoEditor({ photos, at, decisions, onGo, onClose }: Props) {
  const t = useTranslations('report.publicCopy.photos.editor')
  const placeOf = usePlaceWords()
  const id = useId()
  const [selected, setSelected] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const photo = photos[Math.min(at, photos.length - 1)]
  if (!photo) return null
  const { fileId } = photo
  const { isShown, boxes } = decisions.of(fileId)
  const put = (next: readonly Box[], joins = false) =>
    // A reviewer who hides a part of a photo intends to publish the rest.
    decisions.set(fileId, { isShown: next.length > boxes.length ? true : isShown, boxes: next }, joins)
  const add = (box: Box) => {
    if (boxes.length >= mostBoxes) return setSaid(t('full', { most: mostBoxes }))
    put([...boxes, box])
    setSelected(boxes.length)
    setSaid(placeOf(box, boxes.length))
  }
  const change = (which: number, box: Box, joins = false) => {
    put(
      boxes.map((each, place) => (place === which ? box : each)),
      joins,
    )
    setSaid(placeOf(box, which))
  }
  const remove = (which: number) => {
    put(boxes.filter((_, place) => place !== which))
    setSelected(boxes.length > 1 ? Math.max(0, which - 1) : null)
    setSaid(t('removed', { n: which + 1, left: boxes.length - 1 }))
  }
  const step = (way: 'undo' | 'redo') => {
    decisions[way](fileId)
    setSelected(null)
    setSaid(t(way === 'undo' ? 'undone' : 'redone'))
  }
  const go = (by: number) => {
    onGo((at + by + photos.length) % photos.length)
    setSelected(null)
    setSaid('')
  }
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== 'KeyZ') return
    // In an input field the browser undoes the typed text.
    if (event.target instanceof HTMLInputElement) return
    event.preventDefault()
    event.stopPropagation()
    step(event.shiftKey ? 'redo' : 'undo')
  }
  const title = t('title', { index: at + 1, total: photos.length })
  const current = selected === null ? undefined : boxes[selected]
  return (
    <Dialog
      open
      fullScreen
      onClose={onClose}
      aria-labelledby={`${id}-title`}
      data-own-keys
      onKeyDown={press}
      slotProps={{ paper: { className: styles.paper } }}
    >
      <header className={styles.bar}>
        <h2 id={`${id}-title`} className={styles.title}>
          {title}
        </h2>
        {photos.length > 1 && (
          <>
            <IconButton label={t('previous')} onClick={() => go(-1)}>
              <ChevronLeft />
            </IconButton>
            <IconButton label={t('nextPhoto')} onClick={() => go(1)}>
              <ChevronRight />
            </IconButton>
          </>
        )}
        <IconButton label={t('undo')} disabled={!decisions.canUndo(fileId)} onClick={() => step('undo')}>
          <Undo2 />
        </IconButton>
        <IconButton label={t('redo')} disabled={!decisions.canRedo(fileId)} onClick={() => step('redo')}>
          <Redo2 />
        </IconButton>
        <Button variant="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </header>
      <div className={styles.work}>
        <div className={styles.ground}>
          <BoxStage
            src={photoAddress(fileId, 'public')}
            label={title}
            describedBy={`${id}-how`}
            boxes={boxes}
            selected={selected}
            labelOf={placeOf}
            onSelect={setSelected}
            onChange={change}
            onAdd={add}
            onRemove={remove}
          />
        </div>
        <aside className={styles.side}>
          <PhotoChoice
            label={t('choice')}
            isShown={isShown}
            onChange={(shown) => decisions.set(fileId, { isShown: shown, boxes })}
          />
          <p id={`${id}-how`} className={styles.how}>
            {t('how')}
          </p>
          <Button icon={<Plus />} onClick={() => add(fresh)}>
            {t('add')}
          </Button>
          {boxes.length > 0 && (
            <ol className={styles.boxes} aria-label={t('boxes')}>
              {Array.from(boxes.keys(), (place) => (
                <li key={place} className={styles.entry}>
                  <NameButton aria-pressed={selected === place} onClick={() => setSelected(place)}>
                    {t('box', { n: place + 1 })}
                  </NameButton>
                  <IconButton size="small" label={t('remove', { n: place + 1 })} onClick={() => remove(place)}>
                    <Trash2 />
                  </IconButton>
                </li>
              ))}
            </ol>
          )}
          {current && selected !== null && (
            <BoxNumbers
              key={selected}
              title={t('box', { n: selected + 1 })}
              box={current}
              onChange={(box) => change(selected, box)}
            />
          )}
        </aside>
      </div>
      <VisuallyHidden>
        <span role="status">{said}</span>
      </VisuallyHidden>
    </Dialog>
  )
}
