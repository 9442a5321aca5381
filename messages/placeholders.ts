/**
 * The names a message needs, sorted: arguments as they are, rich-text tags with a leading `<`. Branches of plurals and
 * selections are messages themselves, so a word in braces there is not taken for a name.
 */
export function argumentsOf(message: string): string[] {
  const names = new Set<string>()
  readMessage(message, 0, names)
  return [...names].sort()
}

/** Reads to the brace that closes this message and returns the place after it. */
function readMessage(text: string, from: number, names: Set<string>): number {
  let at = from
  while (at < text.length && text[at] !== '}') {
    const tag = /^<([A-Za-z]\w*)>/.exec(text.slice(at))
    if (tag) names.add(`<${tag[1]}`)
    at = text[at] === '{' ? readArgument(text, at + 1, names) : at + 1
  }
  return at + 1
}

function readArgument(text: string, from: number, names: Set<string>): number {
  const head = /^\s*(\w+)\s*(?:,\s*(\w+)\s*)?/.exec(text.slice(from))
  if (!head) throw new SyntaxError(`no argument name at ${from} in: ${text}`)
  names.add(head[1] as string)
  let at = from + head[0].length
  const branches = ['plural', 'select', 'selectordinal'].includes(head[2] ?? '')
  while (at < text.length && text[at] !== '}') {
    at = branches && text[at] === '{' ? readMessage(text, at + 1, names) : at + 1
  }
  return at + 1
}
