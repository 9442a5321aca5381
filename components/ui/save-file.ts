let taken = 0

/** Milliseconds. Longer than the server takes to begin; removing the frame earlier would cancel its download. */
const frameMilliseconds = 600_000

/**
 * Downloads a file of any length: the browser writes it as it arrives, and reports a broken connection. A separate form
 * requests it into a hidden frame: a file leaves that frame empty, a refusal is loaded into it and passed to
 * `onRefused`; null where it cannot be read.
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

/** Saves a file through the browser. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has started by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
