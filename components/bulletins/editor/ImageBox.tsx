'use client'

import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { ImageOff, Trash2, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { CheckField } from '#components/ui/CheckField.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { imageAddress } from '../document/image-address.ts'
import styles from './ImageBox.module.css'

type Attributes = { fileId: string; alt: string; decorative: boolean; caption: string }

/** An image in the text with its description below: a bulletin with an undescribed image is not published. */
export function ImageBox({ node, updateAttributes, deleteNode, selected, editor }: NodeViewProps) {
  const t = useTranslations('bulletins.editor.image')
  const id = useId()
  const { fileId, alt, decorative, caption } = node.attrs as Attributes
  const isMissing = !decorative && alt.trim() === ''
  return (
    <NodeViewWrapper as="figure" className={styles.figure} data-selected={selected || undefined}>
      <div className={styles.frame} data-drag-handle>
        {fileId ? (
          // biome-ignore lint/performance/noImgElement: the server has its sizes ready
          <img src={imageAddress(fileId)} alt={decorative ? '' : alt} className={styles.image} />
        ) : (
          <ImageOff size={24} aria-hidden="true" />
        )}
      </div>
      {editor.isEditable && (
        <div className={styles.words} contentEditable={false}>
          <label className={styles.label} htmlFor={`${id}-alt`}>
            {t('alt')}
            {isMissing && (
              <span className={styles.missing}>
                <TriangleAlert size={13} aria-hidden="true" />
                {t('altMissing')}
              </span>
            )}
          </label>
          <TextInput
            id={`${id}-alt`}
            value={alt}
            disabled={decorative}
            maxLength={500}
            placeholder={t('altHint')}
            onChange={(event) => updateAttributes({ alt: event.target.value })}
          />
          <label className={styles.label} htmlFor={`${id}-caption`}>
            {t('caption')}
          </label>
          <TextInput
            id={`${id}-caption`}
            value={caption}
            maxLength={500}
            onChange={(event) => updateAttributes({ caption: event.target.value })}
          />
          <div className={styles.foot}>
            <CheckField
              label={t('decorative')}
              checked={decorative}
              onChange={(checked) => updateAttributes({ decorative: checked, ...(checked && { alt: '' }) })}
            />
            <IconButton label={t('remove')} size="small" onClick={deleteNode}>
              <Trash2 />
            </IconButton>
          </div>
        </div>
      )}
    </NodeViewWrapper>
  )
}
