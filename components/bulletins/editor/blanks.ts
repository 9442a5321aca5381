import { type Editor, Node } from '@tiptap/core'
import type { Node as DocumentNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'

/** The positions of the blanks in a text, in order. */
export function blanksIn(doc: DocumentNode): number[] {
  const places: number[] = []
  doc.descendants((node, at) => {
    if (node.type.name === 'blank') places.push(at)
  })
  return places
}

/** Selects the next blank, so that typing replaces it. After the last one the key keeps its usual meaning. */
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

/** A blank left open by a template: a chip in the text that Tab selects and that typing replaces. */
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
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations: chosenBlank,
        handleClickOn: chooseBlank,
        handleDOMEvents: { compositionstart: makeRoom },
      },
    }),
  ],
})

const isBlankChosen = ({ doc, selection: { from, to } }: EditorState): boolean =>
  to === from + 1 && doc.nodeAt(from)?.type.name === 'blank'

function chosenBlank(state: EditorState): DecorationSet {
  const { from, to } = state.selection
  return isBlankChosen(state)
    ? DecorationSet.create(state.doc, [Decoration.node(from, to, { class: 'chosen-blank' })])
    : DecorationSet.empty
}

/** An input method would compose letters inside the chip, where they are lost: so the chip is deleted first. */
function makeRoom(view: EditorView): boolean {
  if (isBlankChosen(view.state)) view.dispatch(view.state.tr.deleteSelection())
  return false
}

/** A click on the chip means the same as Tab. */
function chooseBlank(view: EditorView, _: number, node: DocumentNode, at: number): boolean {
  if (node.type.name !== 'blank' || !view.editable) return false
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at, at + 1)))
  return true
}
