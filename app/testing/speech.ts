import { virtual } from '@guidepup/virtual-screen-reader'
import { expect, onTestFinished } from 'vitest'

type Place = 'Heading' | 'Landmark'

/** A screen reader that runs in the page and writes down what it says. */
export class Speech {
  #said: string[] = []
  #toldOf: string | null = null

  private constructor() {}

  /** Starts to read the page that is open. */
  static async ofPage(): Promise<Speech> {
    await virtual.start({ container: document.body })
    onTestFinished(() => virtual.stop())
    return new Speech()
  }

  /** Stops reading: what comes next need not be heard, and listening costs time. */
  end = (): Promise<void> => virtual.stop()

  /** Waits until a phrase for each pattern, in any order, has been said since the last call, and forgets them all. */
  async says(...phrases: readonly RegExp[]): Promise<void> {
    await expect
      .poll(async () => {
        await this.#listen()
        const missing = phrases.filter((phrase) => !this.#said.some((said) => phrase.test(said)))
        return missing.length > 0 && `${missing.join(' ')} among:\n${this.#said.join('\n')}`
      })
      .toBe(false)
    this.#said = []
  }

  /** What the reader says on a walk from heading to heading, or from landmark to landmark, once around the page. */
  async walk(place: Place): Promise<string[]> {
    await virtual.clearSpokenPhraseLog()
    const said: string[] = []
    for (;;) {
      await virtual.perform(virtual.commands[`moveToNext${place}`])
      const phrase = await virtual.lastSpokenPhrase()
      if (said.includes(phrase)) return said
      said.push(phrase)
    }
  }

  async #listen(): Promise<void> {
    const active = document.activeElement
    const id = active?.getAttribute('aria-activedescendant')
    const option = id ? `${id}: ${document.getElementById(id)?.textContent}` : null
    // Real screen readers follow the active option of a list; this one reads it with its list when that takes focus.
    if (option && option !== this.#toldOf) active?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
    this.#toldOf = option
    this.#said.push(...(await virtual.spokenPhraseLog()))
    await virtual.clearSpokenPhraseLog()
  }
}
