/**
 * What is pasted, made plain before the editor reads it. The editor's schema drops what it does not know by itself; this mends
 * what would be lost or misread: the lists that Word writes as paragraphs, headings above ours, wrappers that mean nothing.
 */
export function cleanPaste(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const element of body.querySelectorAll(unwanted)) element.remove()
  removeComments(body)
  for (const element of body.querySelectorAll('*')) if (element.localName.includes(':')) unwrap(element)
  listsOfWord(body)
  rename(body, 'h1', 'h2')
  rename(body, 'h5,h6', 'h4')
  marksOfStyles(body)
  for (const element of body.querySelectorAll('*')) bare(element)
  return body.innerHTML
}

const unwanted =
  'script,style,meta,link,title,xml,svg,math,object,embed,iframe,form,input,button,select,textarea,template,noscript,video,audio'
const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start'],
  div: ['data-callout'],
  span: ['data-phone'],
  img: ['data-file', 'data-decorative', 'data-caption', 'alt'],
}

function removeComments(root: Node) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
}

const unwrap = (element: Element) => element.replaceWith(...element.childNodes)

function rename(root: Element, selector: string, name: string) {
  for (const element of root.querySelectorAll(selector)) {
    const renamed = document.createElement(name)
    renamed.append(...element.childNodes)
    element.replaceWith(renamed)
  }
}

/** Only what the schema reads; what has no address of ours is no image. */
function bare(element: Element) {
  if (element.localName === 'img' && !element.hasAttribute('data-file')) return element.remove()
  const names = kept[element.localName] ?? []
  for (const { name } of [...element.attributes]) if (!names.includes(name)) element.removeAttribute(name)
}

/** Word and Google Docs write weight and slant as styles of spans. */
function marksOfStyles(root: Element) {
  for (const element of root.querySelectorAll<HTMLElement>('span,b')) {
    const { fontWeight, fontStyle } = element.style
    if (element.localName === 'b' && fontWeight === 'normal') unwrap(element)
    else if (element.localName === 'span') {
      if (fontWeight === 'bold' || Number(fontWeight) >= 600) wrapIn(element, 'strong')
      if (fontStyle === 'italic') wrapIn(element, 'em')
    }
  }
}

function wrapIn(element: Element, name: string) {
  const mark = document.createElement(name)
  mark.append(...element.childNodes)
  element.append(mark)
}

const levelOf = (element: HTMLElement): number => Number(/mso-list:[^;"]*level(\d+)/i.exec(styleOf(element))?.[1] ?? 1)
const styleOf = (element: Element): string => element.getAttribute('style') ?? ''
const isItem = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element.localName === 'p' && /mso-list:(?!\s*ignore)/i.test(styleOf(element))

/** A run of paragraphs that Word marks as items becomes one list; the sign before each says which kind. */
function listsOfWord(root: Element) {
  for (let first = [...root.querySelectorAll('p')].find(isItem); first; ) {
    const items: HTMLElement[] = []
    for (let next: Element | null = first; isItem(next); next = next.nextElementSibling) items.push(next)
    const place = document.createComment('')
    first.before(place)
    place.replaceWith(listOf(items))
    first = [...root.querySelectorAll('p')].find(isItem)
  }
}

function listOf(items: readonly HTMLElement[]): HTMLElement {
  const lists: HTMLElement[] = []
  for (const item of items) {
    const sign = [...item.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)))
    const ordered = /^\s*[\da-z]{1,3}[.)]/i.test(sign?.textContent ?? '')
    sign?.remove()
    const level = Math.min(levelOf(item), lists.length + 1)
    lists.length = Math.min(lists.length, level)
    if (lists.length < level) {
      const list = document.createElement(ordered ? 'ol' : 'ul')
      const above = lists.at(-1)
      if (above) (above.lastElementChild ?? above.appendChild(document.createElement('li'))).append(list)
      lists.push(list)
    }
    const entry = document.createElement('li')
    const text = document.createElement('p')
    text.append(...item.childNodes)
    entry.append(text)
    lists.at(-1)?.append(entry)
    item.remove()
  }
  return lists[0] ?? document.createElement('ul')
}
