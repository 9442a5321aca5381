/**
 * What a template leaves open, and what people type instead: ellipses, dots, lines, braces, empty brackets, "xx giờ".
 * An ellipsis at the end of a list counts too: offices write "v.v.", and a raw template must never look like a
 * bulletin.
 */
const marks = /…|\.{3,}|_{3,}|\{[^{}]*\}|\[\s*\]|(?<![\p{L}\d])x{2,}(?![\p{L}\d])/u

const around = 30

/** The words around the first blank of a text; null where none is left. */
export function placeholderIn(text: string): string | null {
  const found = marks.exec(text)
  if (!found) return null
  return text.slice(Math.max(0, found.index - around), found.index + found[0].length + around).trim()
}
