import type { LiveKind } from '#server/platform/rules/announcement.ts'
import { type LiveMessage, liveLimits } from './rules/message.ts'

type Held = Set<number | string> | 'many'

/**
 * The unread messages of one browser. It holds what changed and not how often, so a slow or lost reader costs no more
 * than a full mailbox: some hundred ids of each kind.
 */
export class Mailbox {
  #held = new Map<LiveKind, Held>()
  #isCatchUpDue = false
  #end: { reason?: unknown } | undefined
  #wake: (() => void) | undefined

  put(kind: LiveKind, ids: readonly (number | string)[] | null): void {
    if (this.#isCatchUpDue || this.#held.get(kind) === 'many') return
    const held = this.#held.get(kind)
    const all = ids && new Set([...(held instanceof Set ? held : []), ...ids])
    this.#held.set(kind, all && all.size <= liveLimits.mostNamed ? all : 'many')
    this.#wake?.()
  }

  /** Replaces all unread messages. */
  putCatchUp(): void {
    this.#held.clear()
    this.#isCatchUpDue = true
    this.#wake?.()
  }

  /** Ends the reading, with an error where there is a reason for one. */
  end(reason?: unknown): void {
    this.#end ??= { reason }
    this.#wake?.()
  }

  /** All messages, as they are read, until the end. */
  async *messages(): AsyncGenerator<LiveMessage, void> {
    for (;;) {
      if (this.#end?.reason) throw this.#end.reason
      if (this.#end) return
      for (const message of this.#take()) yield message
      // More may have come while a message was being read, when no one was waiting to be woken.
      if (!this.#hasMore()) await new Promise<void>((settle) => (this.#wake = settle))
    }
  }

  #hasMore(): boolean {
    return this.#isCatchUpDue || this.#held.size > 0 || this.#end !== undefined
  }

  #take(): LiveMessage[] {
    const taken = this.#isCatchUpDue ? [{ kind: 'catch_up' } as const] : [...this.#held].map(messageOf)
    this.#isCatchUpDue = false
    this.#held.clear()
    return taken
  }
}

function messageOf([kind, held]: [LiveKind, Held]): LiveMessage {
  return { kind, ids: held === 'many' ? null : [...held] } as LiveMessage
}
