'use client'

import { useEffect } from 'react'
import { isEarly } from './early-submit.ts'
import { useIsHydrating } from './use-is-hydrating.ts'

/**
 * Stands in what the server sent until the part of the page around it responds to keys and clicks: by its absence the
 * journeys know. A form submitted before is submitted then.
 */
export function Asleep() {
  const isAsleep = useIsHydrating()
  useEffect(() => {
    // A moment later, when what was typed has been rendered.
    if (isAsleep) setTimeout(submitEarly)
  }, [isAsleep])
  return isAsleep ? <template data-asleep="" /> : null
}

function submitEarly() {
  for (const form of document.querySelectorAll<HTMLFormElement>(`form[${isEarly}]`)) {
    form.removeAttribute(isEarly)
    form.requestSubmit()
  }
}
