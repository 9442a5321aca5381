/** Lists as Word writes them: paragraphs with a marker before each, or lists beside the item they belong to. */
export function listsOfWord(root: Element): void {
  for (const first of [...root.querySelectorAll('p')]) {
    // An item of an earlier run has been converted already.
    if (!root.contains(first) || !isItem(first)) continue
    const items: HTMLElement[] = []
    for (let next: Element | null = first; isItem(next); next = next.nextElementSibling) items.push(next)
    const place = root.ownerDocument.createComment('')
    first.before(place)
    place.replaceWith(...listsOf(items))
  }
  for (const list of root.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const item = list.previousElementSibling
    if (item?.localName === 'li') item.append(list)
  }
}

const styleOf = (element: Element): string => element.getAttribute('style') ?? ''
const isItem = (element: Element | null): element is HTMLElement =>
  element?.localName === 'p' && /mso-list:(?!\s*ignore)/i.test(styleOf(element))

type Item = { level: number; list: string; isOrdered: boolean; start: number; text: HTMLElement }

/** What Word says of an item: its list, its depth, and by its marker whether it is ordered. */
function itemOf(element: HTMLElement): Item {
  const style = styleOf(element)
  const sign = [...element.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)))
  const counted = (sign?.textContent ?? '').trim()
  sign?.remove()
  const text = element.ownerDocument.createElement('p')
  text.append(...element.childNodes)
  return {
    level: Number(/mso-list:[^;"]*level(\d+)/i.exec(style)?.[1] ?? 1),
    list: /mso-list:\s*([^;"]*)/i.exec(style)?.[1]?.replace(/level\d+/i, '') ?? '',
    // "1.", "2)", "a.", "(iv)", "1.2." and a bare number are ordered; a dot, a dash or the letter "o" are not.
    isOrdered: /^\(?[\da-zđ]{1,4}([.)]|(\.\d+)+\.?)\s*$/i.test(counted) || /^\d+$/.test(counted),
    start: Number(/^\(?(\d+)[.)]?$/.exec(counted)?.[1] ?? 1),
    text,
  }
}

type Open = { element: HTMLElement; isOrdered: boolean; list: string }

/** One list for a run of items of one kind; another kind at the same depth, or another Word list, starts a new one. */
function listsOf(elements: readonly HTMLElement[]): HTMLElement[] {
  const roots: HTMLElement[] = []
  const open: Open[] = []
  for (const element of elements) {
    const { level: said, list, isOrdered, start, text } = itemOf(element)
    const level = Math.min(said, open.length + 1)
    open.length = Math.min(open.length, level)
    const last = open[level - 1]
    if (last && (last.isOrdered !== isOrdered || last.list !== list)) open.length = level - 1
    if (open.length < level) {
      const begun = element.ownerDocument.createElement(isOrdered ? 'ol' : 'ul')
      if (start > 1) begun.setAttribute('start', String(start))
      const above = open.at(-1)?.element.lastElementChild
      if (above) above.append(begun)
      else roots.push(begun)
      open.push({ element: begun, isOrdered, list })
    }
    const entry = element.ownerDocument.createElement('li')
    entry.append(text)
    open.at(-1)?.element.append(entry)
    element.remove()
  }
  return roots
}
