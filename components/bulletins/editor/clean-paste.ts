import { listsOfWord } from './word-lists.ts'

export type CleanPaste = {
  html: string
  /** Text that was struck out in the source: it is not inserted, and the user is notified. */
  struckOut: string[]
}

/**
 * Simplifies pasted HTML before the editor parses it. The editor's schema drops what it does not know by itself; this
 * fixes what would be lost or misread: the lists that Word writes as paragraphs, struck-out text, table heads, headings
 * above our levels. All of it happens in an inert document, in which nothing is loaded and nothing runs.
 */
export function cleanPaste(html: string): CleanPaste {
  const inert = new DOMParser().parseFromString(html, 'text/html')
  const { body } = inert
  const struckOut = dropStruckOut(inert)
  for (const element of body.querySelectorAll(unwanted)) element.remove()
  removeComments(inert)
  for (const element of body.querySelectorAll('*')) if (element.localName.includes(':')) unwrap(element)
  listsOfWord(body)
  rename(body, 'h1', 'h2')
  rename(body, 'h5,h6', 'h4')
  rename(body, 'thead td', 'th')
  marksOfStyles(body)
  for (const element of body.querySelectorAll('*')) bare(element)
  return { html: body.innerHTML, struckOut }
}

const unwanted =
  'script,style,meta,link,title,xml,svg,math,object,embed,iframe,form,input,button,select,textarea,template,noscript,video,audio'
const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start'],
  div: ['data-callout'],
  span: ['data-phone', 'data-blank'],
  img: ['data-file', 'data-decorative', 'data-caption', 'alt'],
}

/** Struck out by an element, by a style, or by a class whose style comes with the text. */
function dropStruckOut(inert: Document): string[] {
  const selectors = ['s', 'strike', 'del', '[style*="line-through" i]', ...struckClasses(inert)]
  const words: string[] = []
  for (const element of inert.body.querySelectorAll(selectors.join(','))) {
    if (!inert.contains(element)) continue
    const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim()
    if (text) words.push(text)
    const around = element.closest('p,li,h1,h2,h3,h4,h5,h6')
    // A table cell keeps its place; a line that contained nothing else is removed.
    if (element.matches('td,th')) element.replaceChildren()
    else element.remove()
    if (around?.textContent?.trim() === '' && !around.querySelector('img')) around.remove()
  }
  return words
}

function struckClasses(inert: Document): string[] {
  const css = [...inert.querySelectorAll('style')].map(({ textContent }) => textContent ?? '').join('\n')
  const rules = css.matchAll(/([^{};]+)\{[^{}]*text-decoration[^;{}]*line-through[^{}]*\}/gi)
  return [...rules].flatMap(([, selector = '']) => selector.match(/[a-z]*\.[\w-]+/gi) ?? [])
}

function removeComments(inert: Document) {
  const walker = inert.createTreeWalker(inert.body, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

const unwrap = (element: Element) => element.replaceWith(...element.childNodes)

function rename(root: Element, selector: string, name: string) {
  for (const element of root.querySelectorAll(selector)) {
    const renamed = root.ownerDocument.createElement(name)
    for (const { name: attribute, value } of element.attributes) {
      if (kept[name]?.includes(attribute)) renamed.setAttribute(attribute, value)
    }
    renamed.append(...element.childNodes)
    element.replaceWith(renamed)
  }
}

/** Keeps only the attributes that the schema reads. An image without a file id of ours is dropped. */
function bare(element: Element) {
  if (element.localName === 'img' && !element.hasAttribute('data-file')) return element.remove()
  const names = kept[element.localName] ?? []
  for (const { name } of [...element.attributes]) if (!names.includes(name)) element.removeAttribute(name)
}

/** Word and Google Docs write bold, italic and superscript as styles of spans. */
function marksOfStyles(root: Element) {
  for (const element of root.querySelectorAll<HTMLElement>('span,b')) {
    const { fontWeight, fontStyle, verticalAlign } = element.style
    if (element.localName === 'b' && fontWeight === 'normal') unwrap(element)
    else if (element.localName === 'span') {
      if (fontWeight === 'bold' || Number(fontWeight) >= 600) wrapIn(element, 'strong')
      if (fontStyle === 'italic') wrapIn(element, 'em')
      if (verticalAlign === 'super' || verticalAlign === 'sub')
        wrapIn(element, verticalAlign === 'super' ? 'sup' : 'sub')
    }
  }
}

function wrapIn(element: Element, name: string) {
  const mark = element.ownerDocument.createElement(name)
  mark.append(...element.childNodes)
  element.append(mark)
}
