'use client'

import { useRefusalSentence } from '#components/ui/use-refusal-sentence.ts'
import { type FailureKind, failureOf, failureOfRefusal } from '#server/platform/rules/public-failure.ts'
import type { Refusal } from './refusal.ts'

/** The refusal whose sentence is used for a failure without a refusal. */
const general: Readonly<Partial<Record<FailureKind, string>>> = {
  unreachable: 'unreachable',
  away: 'unavailable',
  input: 'bad_input',
}

/** The sentence for a refusal, an unreachable server, or a defect with its code. */
export function useRefusalText(): (refused: unknown) => string {
  const sentenceOf = useRefusalSentence()
  return (refused) => {
    const { kind, fault, refusal } = isRefusal(refused) ? failureOfRefusal(refused) : failureOf(refused)
    const told = fault ? { code: 'coded_defect', details: { fault } } : (refusal ?? saying(general[kind] ?? 'defect'))
    return sentenceOf(told) ?? sentenceOf(saying('defect')) ?? ''
  }
}

const saying = (code: string): Refusal => ({ code, details: {} })

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Error) && 'code' in value && 'details' in value
  )
}
