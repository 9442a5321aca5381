import { useEffect } from 'react'

const inSight = new Set<string>()

/** Whether a run is followed on screen: its end need not be said beside it. */
export const isInSight = (id: string): boolean => inSight.has(id)

export function useInSight(id: string): void {
  useEffect(() => {
    inSight.add(id)
    return () => {
      inSight.delete(id)
    }
  }, [id])
}
