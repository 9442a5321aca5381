import { type Editor, Node } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** Where the blanks of a text stand, in order. */
export function blanksIn(doc: DocumentNode): number[] {
  const places: number[] = []
  doc.descendants((node, at) => {
    if (node.type.name === 'blank') places.push(at)
  })
  return places
}

/**
 * Selects the next blank, so that what is typed takes its place. It is a selection of text, not of a piece: input methods that
 * compose letters replace it like any other words. Past the last one the key means what it always does.
 */
export function goToBlank(editor: Editor, way: 'next' | 'before' | 'first'): boolean {
  const { doc, selection } = editor.state
  const blanks = blanksIn(doc)
  const at =
    way === 'before'
      ? blanks.findLast((place) => place < selection.from)
      : (blanks.find((place) => place >= selection.to) ?? (way === 'first' ? blanks[0] : undefined))
  if (at === undefined) return false
  return editor
    .chain()
    .focus()
    .setTextSelection({ from: at, to: at + 1 })
    .scrollIntoView()
    .run()
}

/** What a template leaves open: a chip in the text that Tab leads to and that typing fills in. */
export const Blank = Node.create<{ title: string }>({
  name: 'blank',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  priority: 1000,
  addOptions: () => ({ title: '' }),
  parseHTML: () => [{ tag: 'span[data-blank]' }],
  renderHTML() {
    return ['span', { 'data-blank': '', title: this.options.title }, '…']
  },
  renderText: () => '…',
  addKeyboardShortcuts() {
    return {
      Tab: ({ editor }) => goToBlank(editor, 'next'),
      'Shift-Tab': ({ editor }) => goToBlank(editor, 'before'),
    }
  },
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: chosenBlank, handleClickOn: chooseBlank } })],
})

function chosenBlank({ doc, selection: { from, to } }: EditorState): DecorationSet {
  const isChosen = to === from + 1 && doc.nodeAt(from)?.type.name === 'blank'
  return isChosen
    ? DecorationSet.create(doc, [Decoration.node(from, to, { class: 'chosen-blank' })])
    : DecorationSet.empty
}

/** A click on the chip means the same as Tab. */
function chooseBlank(
  view: Parameters<NonNullable<Plugin['props']['handleClickOn']>>[0],
  _: number,
  node: DocumentNode,
  at: number,
): boolean {
  if (node.type.name !== 'blank' || !view.editable) return false
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at, at + 1)))
  return true
}
