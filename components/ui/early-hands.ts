/**
 * An inline script. Until the code of the page has loaded it keeps what is typed and the last button that is pressed,
 * and replays both once React has attached to the field and the button. It also prevents the browser from submitting a
 * form, which would put what is typed into the address. It is sent as text, so it refers to nothing outside itself.
 */
export function keepEarlyHands(): void {
  const fields = new Set<HTMLInputElement | HTMLTextAreaElement>()
  let pressed: HTMLElement | null = null
  let timer = 0
  let isComposing = false

  const isKnown = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))

  /** React has already stored the text of the field, so the text is set again to make React see a change. */
  const tell = (field: HTMLInputElement | HTMLTextAreaElement) => {
    const { value, selectionStart, selectionEnd } = field
    field.value = ''
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value)
    field.setSelectionRange(selectionStart, selectionEnd)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  const handOverFields = () => {
    for (const field of fields) {
      if (isComposing || (field.isConnected && !isKnown(field))) continue
      fields.delete(field)
      if (field.isConnected) tell(field)
    }
  }

  const handOver = () => {
    timer = 0
    handOverFields()
    const button = pressed
    if (button && (!button.isConnected || isKnown(button))) {
      pressed = null
      // A moment later, when what was typed has been processed.
      if (button.isConnected) setTimeout(() => button.click())
    }
    wait()
  }
  const wait = () => {
    if (timer === 0 && (pressed || fields.size > 0)) timer = window.setTimeout(handOver, 30)
  }

  const fieldOf = ({ target }: Event) =>
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && /^(text|password|search)$/.test(target.type))
      ? target
      : null
  const buttonOf = ({ target }: Event) => (target instanceof Element ? target.closest('button') : null)

  document.addEventListener('input', (event) => {
    const field = fieldOf(event)
    if (field && !isKnown(field)) fields.add(field)
    wait()
  })

  for (const kind of ['compositionstart', 'compositionend'] as const) {
    document.addEventListener(kind, () => {
      isComposing = kind === 'compositionstart'
    })
  }

  // React itself may attach to the button during this very event, and then handles it.
  let undecided: HTMLElement | null = null
  const decide = () => {
    if (undecided && !isKnown(undecided)) pressed = undecided
    undecided = null
    wait()
  }
  const begin = (event: Event) => {
    if (!event.isTrusted) return
    handOverFields()
    pressed = null
    const button = buttonOf(event)
    if (!button || isKnown(button)) return
    undecided = button
    // For events whose propagation to the window was stopped.
    setTimeout(decide)
  }
  // React may attach between two looks of the timer. What is pressed then must find what was typed before.
  document.addEventListener('keydown', handOverFields, true)
  document.addEventListener('click', begin, true)
  window.addEventListener('click', decide)
  document.addEventListener('submit', (event) => {
    if (!isKnown(event.target as Element)) event.preventDefault()
  })
}
