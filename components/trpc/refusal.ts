import { TRPCClientError } from '@trpc/client'
import { failureOf } from '#server/platform/rules/public-failure.ts'
import type { AppRouter } from '#server/trpc/root.ts'

export type Refusal = { code: string; details: Readonly<Record<string, unknown>> }

/** The server's refusal; undefined for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  return (error as TRPCClientError<AppRouter>).data?.refusal
}

type Held = Refusal & { details: { name: string; seconds: number } }

/** Refused for some seconds only: another agency can still take a decision back. */
export const isHeld = (refusal: Refusal | null | undefined): refusal is Held => refusal?.code === 'decision_held'

/** There was no response at all: the connection is down, or the server is. */
export const isUnreachable = (error: unknown): boolean => failureOf(error).kind === 'unreachable'
