'use client'

import type { TRPCClient } from '@trpc/client'
import { refusalOf } from '#components/trpc/refusal.ts'
import { type DraftKind, draftKinds } from '#server/reports/rules/draft-kinds.ts'
import { sameWords } from '#server/reports/rules/reconcile-drafts.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { type Courier, read, settleDraft } from './drafts.ts'

type Client = TRPCClient<AppRouter>
type Draft = { reportId: number; kind: DraftKind }
/** What the server stored for a draft; null once it is gone. */
type Told = (draft: Draft, kept: { value: Words; savedAt: Date } | null) => void
type Words = Record<string, string | string[]>

const pause = 2000
const again = 10_000
/** Errors after which repeating makes no sense: the text stays on this machine. */
const final = ['not_found', 'forbidden']

/**
 * Sends drafts to the server two seconds after the last key, one request at a time for each: what was typed meanwhile
 * is sent with the next. Without a connection it retries. A text edited elsewhere is kept beside this one, and neither
 * is lost.
 */
export function courierTo(client: Client, told: Told): Courier {
  const known = couriers.get(client)
  if (known) return known
  const courier = newCourier(client, told)
  couriers.set(client, courier)
  return courier
}

const couriers = new WeakMap<Client, Courier>()

function newCourier({ drafts }: Client, told: Told): Courier {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const underWay = new Map<string, Promise<void>>()

  const later = (key: string, wait: number) => {
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => bring(key), wait),
    )
  }

  const bring = (key: string) => {
    clearTimeout(timers.get(key))
    timers.delete(key)
    const { value, base, isAhead, rival } = read(key)
    const draft = draftIn(key)
    if (!draft || !isAhead || value === undefined || rival) return
    const before = underWay.get(key)
    if (before) return void before.then(() => bring(key))
    const sent = drafts.keep
      .mutate({ ...draft, value: value as Words, base: base === null ? null : new Date(base) })
      .then((outcome) => {
        const now = read(key)
        // Sent or discarded while the request was in progress.
        if (now.value === undefined) return
        if (outcome.kept) {
          const isAhead = now.value !== value
          told(draft, { value: value as Words, savedAt: outcome.savedAt })
          settleDraft(key, { base: outcome.savedAt.getTime(), isAhead })
          if (isAhead && !timers.has(key)) later(key, pause)
        } else if (outcome.theirs === null) {
          settleDraft(key, { base: null })
          later(key, 0)
        } else meet(key, { value: outcome.theirs.value, savedAt: outcome.theirs.savedAt.getTime() })
      })
      .catch((error: unknown) => {
        if (!final.includes(refusalOf(error)?.code ?? '')) later(key, again)
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, sent)
  }

  return {
    typed: (key) => later(key, pause),
    leaving: bring,
    dropped: (key) => {
      clearTimeout(timers.get(key))
      timers.delete(key)
      const draft = draftIn(key)
      if (!draft) return
      told(draft, null)
      const drop = () => (read(key).value === undefined ? drafts.drop.mutate(draft).catch(() => undefined) : undefined)
      void (underWay.get(key) ?? Promise.resolve()).then(drop)
    },
  }
}

/** A text that was saved elsewhere on the same base: an identical one needs no decision. */
export function meet(key: string, theirs: { value: unknown; savedAt: number }): void {
  if (sameWords(read(key).value, theirs.value)) settleDraft(key, { base: theirs.savedAt, isAhead: false })
  else settleDraft(key, { rival: theirs })
}

function draftIn(key: string): Draft | null {
  const [, , report, kind] = key.split(':')
  const reportId = Number(report)
  const isKept = (draftKinds as readonly string[]).includes(kind ?? '')
  return isKept && Number.isInteger(reportId) ? { reportId, kind: kind as DraftKind } : null
}
