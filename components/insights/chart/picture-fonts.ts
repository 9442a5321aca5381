let known: Promise<string> | null = null

/** The fonts of the page with their outlines embedded: a picture may not fetch anything. Read once. */
export function fontRules(): Promise<string> {
  known ??= readRules()
  return known
}

async function readRules(): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules]
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .map((rule) => ({ text: rule.cssText, base: sheet.href ?? location.href })),
  )
  const rules = await Promise.all(
    faces.map(async ({ text, base }) => {
      const address = /url\("?([^")]+)"?\)/.exec(text)
      if (!address?.[1]) return text
      return text.replace(address[0], `url("${await asText(new URL(address[1], base))}")`)
    }),
  )
  return rules.join('\n')
}

/** The content of a file as a data URL. */
async function asText(address: URL): Promise<string> {
  const file = await (await fetch(address)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
