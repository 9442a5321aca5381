type Limits = { perAccount: number; perProcess: number }

/** Limits concurrent work: a maximum number per account and a maximum number in total. */
export class Slots {
  readonly #limits: Limits
  readonly #held = new Map<string, number>()
  #all = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Takes a slot. Returns a function that releases it, or the limit that is reached. */
  take(account: string): (() => void) | 'account_full' | 'process_full' {
    const own = this.#held.get(account) ?? 0
    if (own >= this.#limits.perAccount) return 'account_full'
    if (this.#all >= this.#limits.perProcess) return 'process_full'
    this.#held.set(account, own + 1)
    this.#all++
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#all--
      const left = (this.#held.get(account) ?? 1) - 1
      if (left === 0) this.#held.delete(account)
      else this.#held.set(account, left)
    }
  }
}
