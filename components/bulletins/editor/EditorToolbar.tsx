'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import {
  Bold,
  ImagePlus,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  MessageSquareWarning,
  PhoneCall,
  Redo2,
  SquarePen,
  Subscript,
  Superscript,
  Table2,
  Undo2,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { calloutTones } from '#server/bulletins/rules/document.ts'
import { blanksIn, goToBlank } from './blanks.ts'
import styles from './EditorToolbar.module.css'
import { LinkDialog, PhoneDialog } from './InsertDialogs.tsx'

type Props = { editor: Editor | null; onImages: (files: readonly File[]) => void }
type Asking = 'link' | 'phone' | null

const stateOf = (editor: Editor | null) =>
  editor && {
    level: ([2, 3, 4] as const).find((level) => editor.isActive('heading', { level })) ?? 0,
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    link: editor.isActive('link'),
    bulletList: editor.isActive('bulletList'),
    orderedList: editor.isActive('orderedList'),
    table: editor.isActive('table'),
    callout: calloutTones.find((tone) => editor.isActive('callout', { tone })) ?? null,
    superscript: editor.isActive('superscript'),
    subscript: editor.isActive('subscript'),
    blanks: blanksIn(editor.state.doc).length,
    mayUndo: editor.can().undo(),
    mayRedo: editor.can().redo(),
  }

/** The formats that the text may contain, and nothing else. */
export function EditorToolbar({ editor, onImages }: Props) {
  const t = useTranslations('bulletins.editor')
  // Before the first edit the editor has not published its state.
  const now = useEditorState({ editor, selector: ({ editor: current }) => stateOf(current) }) ?? stateOf(editor)
  const files = useRef<HTMLInputElement>(null)
  const [asking, setAsking] = useState<Asking>(null)
  const chain = () => editor?.chain().focus()

  const tool = (name: ToolName, Icon: LucideIcon, run: () => void, on?: boolean, off = false) => (
    <IconButton
      key={name}
      label={t(`tools.${name}`)}
      size="small"
      aria-pressed={on}
      disabled={!editor || off}
      // The text keeps its selection.
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      <Icon />
    </IconButton>
  )
  return (
    <div role="toolbar" aria-label={t('toolbar')} className={styles.toolbar}>
      <SelectInput
        className={styles.level ?? ''}
        aria-label={t('tools.level')}
        value={String(now?.level ?? 0)}
        disabled={!editor}
        onChange={({ target }) => {
          const level = Number(target.value)
          if (level === 0) chain()?.setParagraph().run()
          else
            chain()
              ?.setHeading({ level: level as 2 | 3 | 4 })
              .run()
        }}
      >
        {([0, 2, 3, 4] as const).map((level) => (
          <option key={level} value={level}>
            {t(`levels.${level}`)}
          </option>
        ))}
      </SelectInput>
      <span className={styles.group}>
        {tool('bold', Bold, () => chain()?.toggleBold().run(), now?.bold)}
        {tool('italic', Italic, () => chain()?.toggleItalic().run(), now?.italic)}
        {tool('superscript', Superscript, () => chain()?.toggleMark('superscript').run(), now?.superscript)}
        {tool('subscript', Subscript, () => chain()?.toggleMark('subscript').run(), now?.subscript)}
        {tool('link', Link2, () => setAsking('link'), now?.link)}
        {tool('phone', PhoneCall, () => setAsking('phone'))}
      </span>
      <span className={styles.group}>
        {tool('bulletList', List, () => chain()?.toggleBulletList().run(), now?.bulletList)}
        {tool('orderedList', ListOrdered, () => chain()?.toggleOrderedList().run(), now?.orderedList)}
        <Menu
          label={t('tools.callout')}
          icon={MessageSquareWarning}
          entries={calloutEntries()}
          on={now?.callout !== null}
        />
        <Menu label={t('tools.table')} icon={Table2} entries={tableEntries()} on={now?.table ?? false} />
        {tool('image', ImagePlus, () => files.current?.click())}
      </span>
      {now && now.blanks > 0 && (
        <Button
          size="small"
          variant="quiet"
          icon={<SquarePen />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => editor && goToBlank(editor, 'first')}
        >
          {t('blanksLeft', { count: now.blanks })}
        </Button>
      )}
      <span className={styles.group}>
        {tool('undo', Undo2, () => chain()?.undo().run(), undefined, !now?.mayUndo)}
        {tool('redo', Redo2, () => chain()?.redo().run(), undefined, !now?.mayRedo)}
      </span>
      <input
        ref={files}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple
        hidden
        onChange={({ target }) => {
          onImages([...(target.files ?? [])])
          target.value = ''
        }}
      />
      {asking === 'link' && editor && <LinkDialog editor={editor} onClose={() => setAsking(null)} />}
      {asking === 'phone' && editor && <PhoneDialog editor={editor} onClose={() => setAsking(null)} />}
    </div>
  )

  function calloutEntries(): MenuEntry[] {
    const tones = calloutTones.map(
      (tone): MenuEntry => ({
        id: tone,
        label: t(`tones.${tone}`),
        kind: 'radio',
        on: now?.callout === tone,
        onSelect: () =>
          now?.callout
            ? chain()?.updateAttributes('callout', { tone }).run()
            : chain()?.wrapIn('callout', { tone }).run(),
      }),
    )
    if (!now?.callout) return tones
    return [
      ...tones,
      { id: 'line', divider: true },
      { id: 'lift', label: t('tools.calloutRemove'), onSelect: () => chain()?.lift('callout').run() },
    ]
  }

  function tableEntries(): MenuEntry[] {
    if (!now?.table) {
      const insert = () => chain()?.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()
      return [{ id: 'insert', label: t('tools.tableInsert'), onSelect: insert }]
    }
    const actions = {
      addRowAfter: () => chain()?.addRowAfter().run(),
      addColumnAfter: () => chain()?.addColumnAfter().run(),
      deleteRow: () => chain()?.deleteRow().run(),
      deleteColumn: () => chain()?.deleteColumn().run(),
      toggleHeaderRow: () => chain()?.toggleHeaderRow().run(),
      mergeOrSplit: () => chain()?.mergeOrSplit().run(),
      deleteTable: () => chain()?.deleteTable().run(),
    }
    return (Object.keys(actions) as (keyof typeof actions)[]).map((id) => ({
      id,
      label: t(`tables.${id}`),
      onSelect: actions[id],
    }))
  }
}

type ToolName =
  | 'bold'
  | 'italic'
  | 'superscript'
  | 'subscript'
  | 'link'
  | 'phone'
  | 'bulletList'
  | 'orderedList'
  | 'image'
  | 'undo'
  | 'redo'

type MenuProps = { label: string; icon: LucideIcon; entries: readonly MenuEntry[]; on: boolean }

function Menu({ label, icon: Icon, entries, on }: MenuProps) {
  return (
    <ActionMenu
      label={label}
      entries={entries}
      trigger={(props) => (
        <IconButton {...props} label={label} size="small" data-on={on || undefined}>
          <Icon />
        </IconButton>
      )}
    />
  )
}
