'use client'

import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef } from 'react'
import { useToast } from '#components/ui/Toasts.tsx'
import { type BulletinDocument, cleanDocument } from '#server/bulletins/rules/document.ts'
import documentStyles from '../document/Document.module.css'
import { cleanPaste } from './clean-paste.ts'
import styles from './DocumentEditor.module.css'
import { EditorToolbar } from './EditorToolbar.tsx'
import { editorExtensions } from './extensions.ts'

export type DocumentEditorProps = {
  /** The name of the text for screen readers: "Nội dung bản tin". */
  label: string
  lang: 'vi' | 'en'
  value: BulletinDocument
  /** Changes when the text was replaced from outside, not by typing here. */
  generation: number
  isEditable: boolean
  onChange: (document: BulletinDocument) => void
  /** Uploads an image; null where it was refused, which has been reported by then. */
  onImage: (file: File) => Promise<string | null>
  /** On Escape: the keyboard shortcuts of the page apply again. */
  onLeave: () => void
}

const isImage = (file: File) => file.type.startsWith('image/')

/** The text of a bulletin in one language: typed, pasted or dropped, restricted to the allow-list. */
export function DocumentEditor(props: DocumentEditorProps) {
  const { label, lang, value, generation, isEditable, onChange, onImage, onLeave } = props
  const t = useTranslations('bulletins.editor')
  const toast = useToast()
  const latest = useRef({ onChange, onImage, onLeave })
  useEffect(() => {
    latest.current = { onChange, onImage, onLeave }
  })
  const editor = useEditor({
    extensions: editorExtensions({ placeholder: t('placeholder'), blank: t('blank') }),
    content: value,
    editable: isEditable,
    immediatelyRender: false,
    // Its styles are in our stylesheet: the content security policy allows no other.
    injectCSS: false,
    editorProps: {
      attributes: {
        'aria-label': label,
        'aria-multiline': 'true',
        role: 'textbox',
        lang,
        class: [documentStyles.document, styles.text].join(' '),
      },
      transformPastedHTML: (html) => takeHtml(html),
      handlePaste: (_, event) => takeFiles(event.clipboardData?.files, null),
      handleDrop: (view, event, __, moved) =>
        !moved &&
        takeFiles(
          event.dataTransfer?.files,
          view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? null,
        ),
      handleKeyDown: (_, press) => {
        if (press.key !== 'Escape' || press.isComposing) return false
        latest.current.onLeave()
        return true
      },
    },
    onUpdate: ({ editor: changed }) => latest.current.onChange(cleanDocument(changed.getJSON())),
  })
  const held = useRef<Editor | null>(null)
  useEffect(() => {
    held.current = editor
  }, [editor])

  const addImages = useCallback(
    async (files: readonly File[], at: number | null) => {
      const place = at ?? held.current?.state.selection.to ?? 0
      for (const file of files) {
        const note = toast({ text: t('image.uploading', { name: file.name }), key: 'image', seconds: 60 })
        const fileId = await latest.current.onImage(file)
        note.close()
        const now = held.current
        if (!fileId || !now || now.isDestroyed) continue
        now
          .chain()
          .insertContentAt(Math.min(place, now.state.doc.content.size), {
            type: 'image',
            attrs: { fileId, alt: '', decorative: false, caption: '' },
          })
          .run()
      }
    },
    [t, toast],
  )

  const takeHtml = (html: string): string => {
    const { html: clean, struckOut } = cleanPaste(html)
    if (struckOut.length > 0) {
      const words = struckOut.join(' … ').slice(0, 120)
      toast({ text: t('struckOut', { count: struckOut.length, words }), key: 'struckOut', seconds: 30 })
    }
    return clean
  }

  const takeFiles = (files: FileList | undefined, at: number | null): boolean => {
    const images = [...(files ?? [])].filter(isImage)
    if (images.length === 0) return false
    void addImages(images, at)
    return true
  }

  const first = useRef(generation)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `value` returns what was typed; do not set it again
  useEffect(() => {
    if (!editor || first.current === generation) return
    first.current = generation
    editor.commands.setContent(value, { emitUpdate: false })
  }, [editor, generation])
  useEffect(() => {
    editor?.setEditable(isEditable, false)
  }, [editor, isEditable])

  return (
    <div className={styles.editor} data-editable={isEditable || undefined}>
      {isEditable && <EditorToolbar editor={editor} onImages={(files) => void addImages(files, null)} />}
      <EditorContent editor={editor} className={styles.sheet} />
    </div>
  )
}
