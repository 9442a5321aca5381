let taken = 0

/** Longer than the server takes to begin; a frame that is gone before calls its download off. */
const frameMilliseconds = 600_000

/**
 * However long: the browser writes it down as it comes, and says if the line breaks. A form of its own asks for it,
 * into a frame that nobody sees: a file leaves that frame empty, a refusal is shown in it and goes to `onRefused`; null
 * where it cannot be read.
 */
export function takeFile(address: string, fields: URLSearchParams, onRefused: (refusal: unknown) => void): void {
  const frame = document.createElement('iframe')
  taken += 1
  frame.name = `file-${taken}`
  frame.hidden = true
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action: address, target: frame.name, hidden: true })
  for (const [name, value] of fields) {
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value })
    form.append(field)
  }
  document.body.append(frame, form)
  frame.addEventListener('load', () => {
    const shown = frame.contentDocument
    if (shown?.URL === 'about:blank') return
    onRefused(readRefusal(shown?.body?.textContent))
    frame.remove()
  })
  form.submit()
  form.remove()
  setTimeout(() => frame.remove(), frameMilliseconds)
}

function readRefusal(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

/** Hands a file to the browser to be kept. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
