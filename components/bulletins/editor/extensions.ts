import { type Extensions, Mark, mergeAttributes, Node } from '@tiptap/core'
import { TableKit } from '@tiptap/extension-table'
import { Placeholder } from '@tiptap/extensions'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { type CalloutTone, calloutTones, safeAddress } from '#server/bulletins/rules/document.ts'
import { imageAddress } from '../document/image-address.ts'
import { Blank } from './blanks.ts'
import { ImageBox } from './ImageBox.tsx'

const toneOf = (value: string | null): CalloutTone => calloutTones.find((tone) => tone === value) ?? 'info'

/** A highlighted box: what to do now, whom to call. */
const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes() {
    return {
      tone: {
        default: 'info',
        parseHTML: (element: HTMLElement) => toneOf(element.dataset.callout ?? null),
        renderHTML: ({ tone }) => ({ 'data-callout': tone }),
      },
    }
  },
  parseHTML: () => [{ tag: 'div[data-callout]' }, { tag: 'aside[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes), 0],
})

/** A phone number: one unit, which telephones dial on tap. */
const Phone = Node.create({
  name: 'phone',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      number: {
        default: '',
        parseHTML: (element: HTMLElement) => element.dataset.phone ?? element.textContent ?? '',
        renderHTML: ({ number }) => ({ 'data-phone': number }),
      },
    }
  },
  parseHTML: () => [{ tag: 'span[data-phone]' }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes), String(node.attrs.number)],
  renderText: ({ node }) => String(node.attrs.number),
})

/** An image stored on the server: only an uploaded file, never an address elsewhere. */
const Image = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      fileId: {
        default: null,
        parseHTML: (element: HTMLElement) => element.dataset.file ?? null,
        renderHTML: ({ fileId }) => ({ 'data-file': fileId, src: imageAddress(String(fileId)) }),
      },
      alt: { default: '' },
      decorative: {
        default: false,
        parseHTML: (element: HTMLElement) => element.dataset.decorative === 'true',
        renderHTML: ({ decorative }) => ({ 'data-decorative': String(decorative) }),
      },
      caption: {
        default: '',
        parseHTML: (element: HTMLElement) => element.dataset.caption ?? '',
        renderHTML: ({ caption }) => ({ 'data-caption': caption }),
      },
    }
  },
  parseHTML: () => [{ tag: 'img[data-file]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
  addNodeView: () => ReactNodeViewRenderer(ImageBox),
})

/** Superscript or subscript, never both. */
const raised = (name: 'superscript' | 'subscript', tag: 'sup' | 'sub') =>
  Mark.create({
    name,
    excludes: 'superscript subscript',
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
  })

/** The same allow-list as `cleanDocument`, so that nothing is visible in the editor that is lost when saving. */
export const editorExtensions = ({ placeholder, blank }: { placeholder: string; blank: string }): Extensions => [
  StarterKit.configure({
    heading: { levels: [2, 3, 4] },
    blockquote: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    link: {
      openOnClick: false,
      autolink: true,
      linkOnPaste: true,
      defaultProtocol: 'https',
      protocols: ['tel', 'mailto'],
      isAllowedUri: (address) => safeAddress(address) !== null,
      HTMLAttributes: { target: null, rel: null, class: null },
    },
  }),
  TableKit.configure({ table: { resizable: false } }),
  Placeholder.configure({ placeholder }),
  raised('superscript', 'sup'),
  raised('subscript', 'sub'),
  Callout,
  Phone,
  Blank.configure({ title: blank }),
  Image,
]
