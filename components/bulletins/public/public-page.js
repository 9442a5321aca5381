// @ts-check
// The whole script of the public pages, which show the same content without it. What it remembers stays on the device.
{
  const key = 'ward'
  const mine = /** @type {HTMLElement | null} */ (document.querySelector('[data-ward-mine]'))
  const keep = /** @type {HTMLElement | null} */ (document.querySelector('[data-ward-keep]'))
  const marks = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-ward-codes]'))

  /** @returns {{ code: string, name: string } | null} */
  const remembered = () => {
    try {
      const { code, name } = JSON.parse(localStorage.getItem(key) ?? 'null') ?? {}
      return typeof code === 'string' && typeof name === 'string' ? { code, name } : null
    } catch {
      return null
    }
  }

  /** @param {{ code: string, name: string } | null} ward */
  const remember = (ward) => {
    try {
      if (ward) localStorage.setItem(key, JSON.stringify(ward))
      else localStorage.removeItem(key)
    } catch {
      // The browser stores nothing: the address of the list does the same.
    }
    show()
  }

  const show = () => {
    const ward = remembered()
    const link = mine?.querySelector('a')
    if (mine && link) {
      mine.hidden = !ward
      link.textContent = ward?.name ?? ''
      link.setAttribute('href', `${mine.dataset.wardMine}?area=${encodeURIComponent(ward?.code ?? '')}`)
    }
    if (keep) keep.hidden = ward?.code === keep.dataset.wardKeep
    for (const mark of marks) mark.hidden = !ward || !mark.dataset.wardCodes?.split(' ').includes(ward.code)
  }

  mine?.querySelector('button')?.addEventListener('click', () => remember(null))
  keep
    ?.querySelector('button')
    ?.addEventListener('click', () =>
      remember({ code: keep.dataset.wardKeep ?? '', name: keep.dataset.wardName ?? '' }),
    )
  show()

  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  addEventListener('beforeprint', () => {
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-printed]'))) {
      line.textContent = line.dataset.printed?.replace('{at}', clock.format(new Date()).replace(',', '')) ?? ''
    }
  })
}
