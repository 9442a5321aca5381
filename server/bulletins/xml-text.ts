// biome-ignore-start lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot represent these
const brokenLine = /[\u000b\u000c]/g
const unsayable = /[\u0000-\u0008\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/**
 * The same document without the characters that XML cannot hold: one pasted from slides would make a whole alert
 * unreadable. Those that break a line become a space, so that no two words run together.
 */
export function withXmlText<Document>(document: Document): Document {
  return JSON.parse(JSON.stringify(document), (_, value) =>
    typeof value === 'string' ? value.replace(brokenLine, ' ').replace(unsayable, '') : value,
  )
}
